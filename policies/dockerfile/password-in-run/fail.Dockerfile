FROM debian:12-slim
RUN echo "root:correct-horse" | chpasswd
RUN useradd -m -p correct-horse app
