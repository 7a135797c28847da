FROM golang:1.23 AS build
RUN go build ./...
FROM debian:12
COPY --from=biuld /app /app
COPY --from=2 /app /app
COPY --from=later /app /app
FROM debian:12 AS later
