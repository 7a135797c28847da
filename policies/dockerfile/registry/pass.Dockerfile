FROM registry.example.org/team/build:1 AS build
FROM debian:12
COPY --from=build /app /app
