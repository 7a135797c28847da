FROM debian:12-slim AS Base
USER 10001

FROM base AS test
USER root
RUN make test

FROM base
CMD ["app"]
