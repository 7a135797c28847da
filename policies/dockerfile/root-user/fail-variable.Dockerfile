FROM debian:12-slim
ARG APP_USER=root
USER ${APP_USER}
CMD ["app"]
