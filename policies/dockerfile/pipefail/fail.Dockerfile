FROM debian:12
RUN curl -fsSL https://example.org/key | gpg --dearmor > /etc/key.gpg
RUN cat list | sort | uniq > sorted
