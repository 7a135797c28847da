FROM debian:12
RUN useradd -u 10001 app
RUN useradd -lmu 1000680000 app
RUN useradd --no-log-init --uid 1000680000 app
