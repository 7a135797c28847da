FROM almalinux:9
RUN dnf install -y curl-7.76.1 git && dnf clean all
RUN yum -y install httpd
RUN zypper --non-interactive in vim
