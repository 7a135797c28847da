FROM debian:12
RUN --network=none --security=sandbox make
