FROM debian:12
RUN git clone https://robot:${TOKEN}@git.example.org/app.git
RUN --mount=type=secret,id=netrc curl -fsSL -u "robot:$(cat /run/secrets/token)" https://example.org/app.tgz
RUN curl -fsSL -u robot https://example.org/app.tgz
