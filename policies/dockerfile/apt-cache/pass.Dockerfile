FROM debian:12-slim AS build
RUN apt-get update && apt-get install -y build-essential

FROM debian:12-slim
RUN apt-get update \
    && apt-get install -y --no-install-recommends curl \
    && rm -rf /var/lib/apt/lists/*
RUN --mount=type=cache,target=/var/cache/apt,sharing=locked \
    --mount=type=cache,target=/var/lib/apt,sharing=locked \
    apt-get update && apt-get install -y wget
RUN --mount=target=/var/lib/apt/lists,type=tmpfs apt-get update && apt-get install -y jq
RUN <<EOF
apt-get update
apt-get install -y git
rm -r /var/lib/apt/lists
EOF
RUN echo "run apt-get update yourself"
COPY --from=build /app /app
