FROM debian:12
SHELL ["/bin/bash", "-c"]
RUN ln -s /opt/sh /usr/local/bin/sh
