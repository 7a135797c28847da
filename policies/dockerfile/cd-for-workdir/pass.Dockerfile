FROM debian:12
WORKDIR /src
RUN make
RUN (cd /tmp && ls)
RUN cd /a && make && cd /b && make
RUN make && cd /src
