FROM debian:12
RUN echo "StrictHostKeyChecking no" >> /etc/ssh/ssh_config
ENV GIT_SSH_COMMAND="ssh -o StrictHostKeyChecking=no"
