FROM debian:12
LABEL org.opencontainers.image.url="example.org" \
      org.opencontainers.image.created="yesterday" \
      org.opencontainers.image.licenses="The usual licence" \
      org.opencontainers.image.revision="main" \
      com.example.empty=""
