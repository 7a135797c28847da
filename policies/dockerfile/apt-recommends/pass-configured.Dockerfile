FROM debian:12-slim
RUN echo 'APT::Install-Recommends "0";' > /etc/apt/apt.conf.d/90local
RUN apt-get update && apt-get install -y curl
