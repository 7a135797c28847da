FROM debian:12-slim
RUN useradd -m app && usermod --password '!' app
RUN --mount=type=secret,id=password echo "app:$(cat /run/secrets/password)" | chpasswd
RUN echo "root:correct-horse"
