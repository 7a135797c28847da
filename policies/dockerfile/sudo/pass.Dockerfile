FROM debian:12-slim
RUN apt-get update && apt-get install -y sudo && rm -rf /var/lib/apt/lists/*
RUN echo 'app ALL=(ALL) NOPASSWD: ALL' > /etc/sudoers.d/app # sudo for people
RUN <<EOF
cat > /run.sh <<-SCRIPT
echo done
SCRIPT
EOF
CMD ["sudo", "app"]
