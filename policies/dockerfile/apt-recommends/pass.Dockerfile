FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y build-essential

FROM debian:12-slim
RUN apt-get update && apt-get install -y --no-install-recommends curl
RUN apt-get -o APT::Install-Recommends=false install -y wget
COPY --from=build /app /app
