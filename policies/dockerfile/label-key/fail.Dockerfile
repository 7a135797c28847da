FROM debian:12
LABEL Maintainer="someone" \
      com.docker.mine="x" \
      org..example="y"
