FROM debian:12
RUN service nginx start
RUN systemctl start app && top
