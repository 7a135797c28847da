FROM debian:12
LABEL org.opencontainers.image.title="App" version=1 com.example.some-label="x"
LABEL $NAME=1
