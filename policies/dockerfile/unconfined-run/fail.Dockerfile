FROM debian:12
RUN --security=insecure make
RUN --network=host make test
