FROM debian:12-slim
RUN apt-get update && \
    # why
    apt-get install -y --no-install-recommends curl && \
    apt-get clean
RUN rm -rf /var/lib/apt/lists/*
RUN ["bash", "-c", "apt-get update && apt-get install -y wget"]
RUN <<EOF
set -e
apt update
apt install -y git
EOF
