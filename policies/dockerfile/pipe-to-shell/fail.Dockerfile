FROM debian:12-slim
RUN curl -fsSL https://example.org/install.sh | sh
RUN set -o pipefail && \
    wget -qO- https://example.org/install.sh | \
    tee /tmp/install.sh | \
    sudo -E bash -s -- --yes
RUN ["/bin/bash", "-c", "curl https://example.org/x | bash -"]
RUN bash -c "$(curl -fsSL https://example.org/install.sh)"
RUN bash <(curl -s https://example.org/install.sh)
RUN curl https://example.org/get-pip.py | python3 -
RUN <<EOF
set -e
curl https://example.org/install.sh |
  bash
EOF
RUN (curl https://example.org/a || wget -O- https://example.org/b) | sh
ONBUILD RUN curl https://example.org/install.sh | sh
