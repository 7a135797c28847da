FROM debian:12-slim
RUN apt-get update && apt-get install -y curl
RUN apt-get -y install curl && apt-get -qq install jq && apt-get install -yqq wget
RUN apt-get install curl --assume-yes
RUN apt-get -o APT::Get::Assume-Yes=true install wget
RUN yes | apt-get install git
RUN apt-get install -q -q vim
