FROM debian:12-slim
ENV NODE_TLS_REJECT_UNAUTHORIZED=1
RUN curl -fsSL https://example.org/k -o k
RUN curl -fok https://example.org/k
RUN echo --insecure -k
RUN apt-get install -y curl -k
RUN wget -q https://example.org/no-check-certificate
