FROM golang:1.23 AS build
HEALTHCHECK CMD ["/app", "ping"]
RUN go build -o /app .

FROM alpine:3.20
ONBUILD HEALTHCHECK CMD ["/app", "ping"]
COPY --from=build /app /app
CMD ["/app"]
