FROM alpine:3.20
RUN apk upgrade --no-cache
FROM almalinux:9
RUN yum -y update && yum clean all
