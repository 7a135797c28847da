FROM debian:12
RUN git clone https://robot:5f0e1d2c@git.example.org/app.git
RUN curl -fsSL -u robot:5f0e1d2c https://example.org/app.tgz | tar xz
RUN wget -q --password=5f0e1d2c https://example.org/app.tgz
