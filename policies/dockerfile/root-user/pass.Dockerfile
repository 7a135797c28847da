FROM golang:1.23 AS build
RUN go build -o /app .

FROM alpine:3.20
RUN adduser -D app
USER root
RUN chown app /srv
USER app:root
COPY --from=build /app /app
CMD ["/app"]
