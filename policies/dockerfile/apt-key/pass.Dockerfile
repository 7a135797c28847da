FROM debian:12
ADD https://example.org/key /etc/apt/keyrings/example.asc
RUN apt-key list
