ARG REGISTRY_TOKEN
FROM node:22
ARG NPM_TOKEN=npm-93hd83hd
ENV NPM_TOKEN=$NPM_TOKEN
ENV REGION=north \
    DB_PASSWORD="correct horse" \
    LEVEL=info
ENV API_KEY k-93hd 83hd
ENV DATABASE_URL=postgres://web:correct-horse@db.example.org/web
ONBUILD ARG DEPLOY_SECRET
CMD ["node", "server.js"]
