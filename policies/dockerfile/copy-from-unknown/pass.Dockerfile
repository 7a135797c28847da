FROM golang:1.23 AS Build
FROM debian:12
COPY --from=build /app /app
COPY --from=0 /app /app
COPY --from=registry.example.org/tools:1 /tool /tool
COPY --from=nginx:1.27 /etc/nginx/nginx.conf /nginx.conf
COPY --from=$SOURCE /a /a
COPY a b /c/
