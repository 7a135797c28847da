FROM registry.example.org/ubi9:9.4
RUN dnf install -y curl && dnf clean all
RUN yum -y install wget && rm -rf /var/cache/yum
RUN microdnf install jq && microdnf clean all
RUN --mount=type=cache,target=/var/cache/dnf dnf install -y git
RUN zypper --non-interactive install vim && zypper cc -a
