FROM debian:12
ENV APP_HOME=/opt/app \
    APP_DATA=$APP_HOME/data \
    OTHER=1
