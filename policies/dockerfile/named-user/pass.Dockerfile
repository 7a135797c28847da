FROM node:22 AS build
USER node
FROM debian:12
USER 10001:10001
