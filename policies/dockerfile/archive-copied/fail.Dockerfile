FROM debian:12
COPY dist/app.tar.gz /tmp/
RUN tar -xzf /tmp/app.tar.gz -C /opt
