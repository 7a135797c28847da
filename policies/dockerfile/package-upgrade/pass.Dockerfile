FROM debian:12
RUN apt-get update && apt-get install -y git
RUN apk update
RUN yum -y update openssl
