FROM golang:1.23
RUN go install example.org/tool@latest
RUN go install -ldflags "-s -w" example.org/cmd/other
