FROM golang:1.23 AS build
FROM quay.io/other/base:1
COPY --from=build /app /app
COPY --from=someone/tool:1 /tool /tool
