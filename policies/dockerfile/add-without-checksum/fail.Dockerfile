FROM alpine:3.20
ADD https://example.org/agent.tar.gz /opt/
