FROM golang:1.23 AS build
FROM build AS test
FROM node:22
FROM alpine:3.20
