FROM debian:12
COPY app .
COPY a b etc/
