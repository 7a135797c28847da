FROM alpine:3.20
RUN apk --no-cache upgrade && apk add --no-cache git
