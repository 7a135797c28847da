FROM debian:12
RUN set -eux; \
    apt-get update; \
    # curl for the check
    apt-get install -y --no-install-recommends \
        ca-certificates=20230311 \
        curl \
        git \
    ; \
    rm -rf /var/lib/apt/lists/*
RUN <<EOF
apt-get update
apt-get install -y \
  git=1:2.39.5-0+deb12u2 \
  jq
EOF
