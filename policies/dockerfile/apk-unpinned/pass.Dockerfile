FROM alpine:3.20
RUN apk add --no-cache -t .build gcc~13 "musl-dev>=1.2" ./own.apk
RUN apk del .build
