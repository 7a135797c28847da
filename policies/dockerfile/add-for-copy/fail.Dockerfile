FROM alpine:3.20
ADD . /src
ADD --chown=app:app app.jar lib.zip /app/
ADD ["a file", "/dest/"]
ADD <<EOF /etc/motd
welcome
EOF
ONBUILD ADD src /src
