FROM rust:1.80
RUN cargo install --locked just@1.34.0
RUN cargo install sqlx-cli --version 0.8.0 && cargo install --path .
RUN cargo install --git https://git.example.org/tool.git --rev 0123abc tool
