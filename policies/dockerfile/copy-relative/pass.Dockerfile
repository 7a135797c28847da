FROM debian:12 AS base
WORKDIR /app
FROM base
COPY app .
FROM debian:12
COPY app /app
FROM scratch
COPY app .
