FROM debian:12 AS a
RUN curl -fsSLO https://example.org/a
FROM debian:12
RUN wget -q https://example.org/b && apt-get install -y curl
