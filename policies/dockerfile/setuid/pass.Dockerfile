FROM debian:12 AS build
RUN chmod 4755 /tool
FROM debian:12
RUN chmod 2775 /srv && chmod 0755 /app && chmod g+s /srv && chmod -R a-s /usr
COPY --chmod=0755 tool /usr/local/bin/
