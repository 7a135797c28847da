FROM debian:12
RUN set -eux; \
    mkdir -p /app; \
    curl -fsSL -o /app/app.tgz \
        -H "Authorization: Bearer 5f0e1d2c" \
        https://example.org/app.tgz
RUN <<EOF
mkdir -p /app
wget -q \
  --password=5f0e1d2c \
  https://example.org/app.tgz
EOF
RUN make && \
    sh -c 'git clone https://robot:5f0e1d2c@git.example.org/app.git'
