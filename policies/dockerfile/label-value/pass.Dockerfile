FROM debian:12
ARG REVISION
LABEL org.opencontainers.image.url="https://example.org/app" \
      org.opencontainers.image.created="2026-11-26T10:00:00Z" \
      org.opencontainers.image.licenses="Apache-2.0 OR (MIT AND BSD-3-Clause)" \
      org.opencontainers.image.revision="$REVISION" \
      org.opencontainers.image.title="Any words"
