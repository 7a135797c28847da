FROM debian:12
RUN apt-get update && apt-get install -y curl=7.88.* git/bookworm-backports ./local.deb
RUN apt-get install -y $PACKAGES
RUN apt-get remove -y vim
