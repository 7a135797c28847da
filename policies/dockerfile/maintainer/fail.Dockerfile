FROM alpine:3.20
MAINTAINER A. Nyone <anyone@example.org>
