FROM debian:12-slim
RUN apt-get update && apt-get install -y curl
RUN apt-get -qq update && apt-get upgrade -y
RUN apt-get update && ./install.sh
RUN <<EOF
apt-get update
apt-get install -y git
EOF
