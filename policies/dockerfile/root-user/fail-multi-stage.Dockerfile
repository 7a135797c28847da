# The user of a stage that is only copied from does not count.
FROM golang:1.23 AS build
USER nobody
RUN go build -o /app .

FROM alpine:3.20
ONBUILD USER app
COPY --from=build /app /app
CMD ["/app"]
