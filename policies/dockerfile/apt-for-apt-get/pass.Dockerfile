FROM debian:12-slim
RUN apt-get update && apt-get install -y apt apt-utils && apt-mark hold curl
RUN rm -rf /var/lib/apt
