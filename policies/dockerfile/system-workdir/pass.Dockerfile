FROM debian:12
WORKDIR /usr/src/app
WORKDIR /etc/nginx
WORKDIR /opt
