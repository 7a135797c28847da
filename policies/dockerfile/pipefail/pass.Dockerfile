FROM debian:12 AS a
RUN set -o pipefail && curl -fsSL https://example.org/key | gpg --dearmor > /etc/key.gpg
RUN yes | ./install
RUN a || b
FROM debian:12
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN curl -fsSL https://example.org/key | gpg --dearmor > /etc/key.gpg
