FROM node:22
ARG TOKEN_URL=https://login.example.org
ARG VERSION
ENV DB_PASSWORD_FILE=/run/secrets/db \
    DB_PASSWORD="" \
    API_KEY=${API_KEY_FROM_OUTSIDE} \
    REQUIRE_PASSWORD=true \
    VERSION=$VERSION \
    PRIVATE_KEY=/etc/ssl/private/web.key
RUN --mount=type=secret,id=npm_token,env=NPM_TOKEN npm ci
CMD ["node", "server.js"]
