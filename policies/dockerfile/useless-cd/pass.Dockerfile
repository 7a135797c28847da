FROM alpine:3.20
RUN cd /srv && make
RUN (cd /srv && make) && echo done
WORKDIR /srv
