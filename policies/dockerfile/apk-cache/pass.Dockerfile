FROM alpine:3.20 AS build
RUN apk add gcc

FROM alpine:3.20
RUN apk add --no-cache curl
RUN apk --no-cache add wget
RUN apk add jq && rm -rf /var/cache/apk/*
RUN --mount=type=cache,target=/var/cache/apk apk add git
COPY --from=build /app /app
