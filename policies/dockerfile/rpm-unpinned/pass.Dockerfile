FROM almalinux:9
RUN dnf install -y curl-7.76.1-31.el9 https://example.org/own.rpm && dnf clean all
RUN dnf -y --setopt install_weak_deps=0 install @development
RUN zypper -n in 'vim>=9'
