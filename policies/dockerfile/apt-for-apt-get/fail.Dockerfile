FROM debian:12-slim
RUN apt update && apt-get install -y curl
