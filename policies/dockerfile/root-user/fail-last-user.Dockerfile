FROM alpine:3.20
USER app
RUN echo built
USER 0:0
CMD ["app"]
