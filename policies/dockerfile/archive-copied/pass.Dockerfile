FROM debian:12 AS build
COPY app.tar.gz /tmp/
RUN tar xzf /tmp/app.tar.gz
FROM debian:12
ADD app.tar.gz /opt/
COPY other.tar.gz /opt/
RUN tar -czf /tmp/backup.tar.gz /opt/other.tar.gz
