FROM node:22.4 AS build
FROM build
COPY --from=nginx:1.27 /etc/nginx /etc/nginx
