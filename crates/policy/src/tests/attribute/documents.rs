//! What the policies in Conftest's manner are asked about.

pub(super) const DEPLOYMENT: &str = "apiVersion: apps/v1
kind: Deployment
metadata:
  name: shop
  labels:
    app: shop
spec:
  replicas: 1
  template:
    metadata:
      labels:
        app: shop
    spec:
      volumes:
        - name: data
          emptyDir: {}
        - name: engine
          hostPath:
            path: /var/run/docker.sock
      containers:
        - name: web
          image: nginx:latest
          ports:
            - containerPort: 8080
            - containerPort: 8443
              hostPort: 443
          env:
            - name: MODE
              value: fast
            - name: DB_PASSWORD
              value: hunter2
          securityContext:
            privileged: true
          resources:
            requests:
              memory: 64Mi
            limits:
              memory: 128Mi
        - name: proxy
          image: registry.example/envoy@sha256:0123
          securityContext:
            capabilities:
              drop: [NET_RAW]
";

pub(super) const SERVICE: &str = "apiVersion: v1
kind: Service
metadata:
  name: shop
  annotations:
    owner: team-a
spec:
  type: LoadBalancer
  ports:
    - port: 80
      nodePort: 30080
  selector:
    app: shop
";

pub(super) const INGRESS: &str = "apiVersion: networking.k8s.io/v1
kind: Ingress
metadata:
  name: shop
spec:
  rules:
    - host: shop.example
      http:
        paths:
          - path: /
";

pub(super) const DOCKERFILE: &str = "FROM golang:1.22 AS build
RUN apk add curl && curl -sSL https://example.org/install.sh | sh
ENV API_TOKEN=abcdef
ADD https://example.org/app.tgz /srv/
FROM alpine:latest
COPY --from=build /out /app
EXPOSE 22 8080
USER root
";

pub(super) const TERRAFORM: &str = "resource \"aws_s3_bucket\" \"logs\" {
  bucket = \"logs\"
  acl    = \"public-read\"
}

resource \"aws_security_group_rule\" \"ssh\" {
  type        = \"ingress\"
  from_port   = 22
  to_port     = 22
  cidr_blocks = [\"10.0.0.0/8\", \"0.0.0.0/0\"]
}

resource \"aws_db_instance\" \"main\" {
  engine              = \"postgres\"
  publicly_accessible = true
}
";

pub(super) const COMPOSE: &str = "services:
  web:
    image: nginx
    ports: ['80:80']
    network_mode: host
  db:
    image: postgres:16
    volumes:
      - /var/run/docker.sock:/var/run/docker.sock
    environment:
      POSTGRES_PASSWORD: secret
";

pub(super) const WORKFLOW: &str = "name: ci
on: [push]
jobs:
  build:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - run: make
      - uses: actions/cache@0123456789012345678901234567890123456789
";

pub(super) const SETTINGS: &str = "[server]
debug = true
port = 8080
[database]
url = \"postgres://root:pw@db/app\"
pool = 5
";
