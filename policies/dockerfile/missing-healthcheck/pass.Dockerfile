FROM alpine:3.20 AS base
HEALTHCHECK --interval=30s CMD wget -q -O - localhost/health || exit 1

FROM base
CMD ["/app"]
