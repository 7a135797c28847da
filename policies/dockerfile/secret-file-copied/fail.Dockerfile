FROM node:22
COPY .env /app/.env
COPY --chown=app package.json .npmrc /app/
COPY ["config/id_rsa", "/root/.ssh/"]
ADD .aws/credentials /root/.aws/
COPY certs/server.key /etc/ssl/
