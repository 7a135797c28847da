FROM debian:12
RUN useradd -u 1000680000 app
RUN useradd --uid=200000 other
