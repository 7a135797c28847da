FROM alpine:3.20
ADD rootfs.tar.xz /
ADD https://example.org/agent.deb /tmp/
ADD git@git.example.org:team/repository.git /src
ADD $SOURCE /src
ADD ["data.tar", "/"]
COPY . /src
