FROM rust:1.80
RUN cargo install --locked just
RUN cargo install --git https://git.example.org/tool.git tool
