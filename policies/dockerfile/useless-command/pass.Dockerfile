FROM debian:12
RUN systemctl enable app
RUN server & sleep 3; kill %1
RUN echo service
