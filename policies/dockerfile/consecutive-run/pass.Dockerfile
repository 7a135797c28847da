FROM debian:12 AS build
RUN make
RUN make install
FROM debian:12
RUN a
COPY b /
RUN --mount=type=cache,target=/c c
RUN d
