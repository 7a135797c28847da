FROM debian:12
RUN apt-get update \
 && apt-get install -y curl=7.88 \
 && curl -fsSL \
      -k https://example.org/app.tgz \
 && export PYTHONHTTPSVERIFY=0
