FROM node:22 AS base
WORKDIR /srv

FROM base
WORKDIR app
WORKDIR "/quoted path"
WORKDIR ${HOME}/app

FROM mcr.microsoft.com/windows/nanoserver:ltsc2022
WORKDIR C:\\app
