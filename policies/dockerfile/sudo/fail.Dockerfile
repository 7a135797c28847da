FROM debian:12-slim
RUN sudo apt-get update
RUN cd /src && DEBIAN_FRONTEND=noninteractive sudo -E \
    apt-get install -y curl
RUN ["sudo", "make", "install"]
RUN if true; then /usr/bin/sudo chown app /srv; fi
ONBUILD RUN sudo true
