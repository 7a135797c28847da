FROM debian:12
RUN chmod 4755 /usr/local/bin/tool
RUN chmod u+s /usr/local/bin/other
COPY --chmod=6755 tool /usr/local/bin/
