FROM debian:12-slim
ENV LEVEL=info \
    NODE_TLS_REJECT_UNAUTHORIZED="0"
RUN curl -fsSLk https://example.org/a -o a
RUN curl --insecure https://example.org/b && wget --no-check-certificate https://example.org/c
RUN npm config set strict-ssl false && npm ci
RUN git -c http.sslVerify=false clone https://example.org/r.git
RUN GIT_SSL_NO_VERIFY=1 git clone https://example.org/r.git
RUN pip install --trusted-host example.org flask
