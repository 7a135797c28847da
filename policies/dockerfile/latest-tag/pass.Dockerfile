ARG NODE_VERSION=22.4
ARG BASE=registry.example.org:5000/base:1.0
ARG ANY
FROM node:${NODE_VERSION}-slim AS Build
FROM build AS test
FROM $BASE AS base
FROM ${ANY} AS any
FROM node:${ANY:-20}
FROM scratch AS export
FROM debian@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08 AS digest
FROM debian:latest@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08
COPY --from=BUILD /app /app
COPY --from=0 /app /app
COPY --from=context-given-to-the-build /x /x
