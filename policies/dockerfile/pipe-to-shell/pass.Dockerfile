FROM debian:12-slim
RUN curl -fsSL -o /tmp/install.sh https://example.org/install.sh \
    && echo "9f86d081  /tmp/install.sh" | sha256sum -c - \
    && sh /tmp/install.sh
RUN curl -fsSL https://example.org/a.tar.gz | tar -xz -C /opt
RUN curl https://example.org/key.gpg | gpg --dearmor > /usr/share/keyrings/example.gpg
RUN curl https://example.org/releases | python3 -c 'import json, sys; print(json.load(sys.stdin)["tag"])'
RUN curl https://example.org/releases | python3 -m json.tool
RUN curl https://example.org/list | sh -c 'sort | uniq'
RUN curl https://example.org/a; cat local.sh | sh
RUN echo "never do: curl https://example.org | sh"
# RUN curl https://example.org/install.sh | sh
RUN cat <<EOF > /usr/share/doc/readme
curl https://example.org/install.sh | sh
EOF
