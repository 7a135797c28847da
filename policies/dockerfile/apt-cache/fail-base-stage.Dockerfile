FROM debian:12-slim AS base
RUN apt-get update -qq && apt-get install -y curl

FROM base
CMD ["curl"]
