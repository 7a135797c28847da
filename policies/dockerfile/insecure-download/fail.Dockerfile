FROM debian:12
RUN curl -fsSLO http://example.org/tool.tgz
RUN git clone git://git.example.org/tool.git
ADD http://example.org/other.tgz /opt/
