FROM golang:1.23
RUN go install example.org/tool@v1.4.0
RUN go install ./cmd/own && go install std
RUN go get example.org/library
