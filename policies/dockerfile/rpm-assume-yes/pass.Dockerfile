FROM almalinux:9
RUN dnf -y install httpd && dnf clean all
RUN zypper -n in vim && zypper --non-interactive up
RUN yum list installed
RUN yes | dnf install git
