FROM alpine:3.20
RUN cd /srv
RUN mkdir /app && cd /app
