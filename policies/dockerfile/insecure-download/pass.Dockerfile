FROM debian:12
RUN curl -fsSLO https://example.org/tool.tgz && curl http://localhost:8080/health
ADD --checksum=sha256:24454f830cdb571e2c4ad15481119c43b3cafd48dd869a9b2945d1036d1dc68d http://example.org/other.tgz /opt/
RUN echo http://example.org
