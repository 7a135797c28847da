ARG NODE_VERSION=latest
FROM node:${NODE_VERSION} AS build
FROM registry.example.org:5000/base AS base
FROM --platform=$BUILDPLATFORM python
FROM base
COPY --from=nginx:latest /etc/nginx/nginx.conf /etc/nginx/
COPY --from=build /app /app
