FROM alpine:3.20 AS base
CMD ["first"]
ENTRYPOINT ["/app"]

FROM base
CMD ["second"]
ONBUILD CMD ["third"]
