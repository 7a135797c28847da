FROM alpine:3.20
CMD ["first"]
ENTRYPOINT ["/old"]
HEALTHCHECK NONE
HEALTHCHECK CMD ["/check"]
ENTRYPOINT ["/new"]
CMD ["second"]
CMD ["third"]
