FROM debian:12
RUN wget -q https://example.org/a.tgz && wget --progress=dot:giga https://example.org/b.tgz && wget -nv https://example.org/c
