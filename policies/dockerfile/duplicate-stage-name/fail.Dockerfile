FROM golang:1.23 AS build
FROM node:22 as Build
FROM alpine:3.20
