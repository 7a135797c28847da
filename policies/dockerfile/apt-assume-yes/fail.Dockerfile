FROM debian:12-slim
RUN apt-get update && apt-get install curl
RUN DEBIAN_FRONTEND=noninteractive apt-get install --no-install-recommends wget
RUN ["apt", "install", "jq"]
RUN apt-get -q upgrade
