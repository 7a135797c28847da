FROM node:22
USER root
USER node
