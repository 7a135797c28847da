FROM registry.example.org/distroless/static:nonroot
COPY app /app
CMD ["/app"]
