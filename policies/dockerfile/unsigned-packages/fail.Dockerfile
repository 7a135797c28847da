FROM debian:12-slim
RUN apt-get install -y --allow-unauthenticated agent
RUN apk add --no-cache --allow-untrusted agent.apk
RUN yum install -y --nogpgcheck agent && yum clean all
RUN echo "deb [trusted=yes] https://example.org/apt stable main" > /etc/apt/sources.list.d/x.list
