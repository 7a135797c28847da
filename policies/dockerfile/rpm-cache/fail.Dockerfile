FROM registry.example.org/ubi9:9.4
RUN dnf install -y curl
RUN yum -y update && yum -y install wget
RUN microdnf install jq
