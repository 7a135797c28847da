FROM debian:12-slim
RUN apt-get install -y agent
RUN echo "--allow-unauthenticated"
RUN echo "deb [signed-by=/usr/share/keyrings/x.gpg] https://example.org/apt stable main" > /etc/apt/sources.list.d/x.list
