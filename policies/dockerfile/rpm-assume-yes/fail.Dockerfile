FROM almalinux:9
RUN dnf install httpd
RUN yum update && yum -y install git
RUN zypper install vim
