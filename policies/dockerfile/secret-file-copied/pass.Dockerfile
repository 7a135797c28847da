FROM node:22 AS build
COPY .env.example package.json /app/
COPY id_rsa.pub /home/app/.ssh/authorized_keys
RUN --mount=type=secret,id=npmrc,target=/root/.npmrc npm ci

FROM build
COPY --from=build /app/.env /app/
COPY public.key /etc/keys/
