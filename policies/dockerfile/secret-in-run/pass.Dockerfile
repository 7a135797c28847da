FROM debian:12
RUN git clone https://robot:${TOKEN}@git.example.org/app.git
RUN --mount=type=secret,id=netrc curl -fsSL -u "robot:$(cat /run/secrets/token)" https://example.org/app.tgz
RUN curl -fsSL -u robot https://example.org/app.tgz
RUN --mount=type=secret,id=token curl -fsSL -H "Authorization: Bearer $(cat /run/secrets/token)" https://example.org/app.tgz | tar xz
RUN --mount=type=secret,id=token,env=TOKEN curl -fsSL -H "Authorization: token $TOKEN" https://example.org/app.tgz | tar xz
RUN curl -fsSL -H "Authorization: Bearer <your token>" -H "Authorization: Bearer api-${TOKEN}" -H "Authorization: Basic your-token" https://example.org/app.tgz
LABEL help="Authorization: Basic authentication is asked for"
