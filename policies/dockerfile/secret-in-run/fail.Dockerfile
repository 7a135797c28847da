FROM debian:12
RUN git clone https://robot:5f0e1d2c@git.example.org/app.git
RUN curl -fsSL -u robot:5f0e1d2c https://example.org/app.tgz | tar xz
RUN wget -q --password=5f0e1d2c https://example.org/app.tgz
RUN curl -fsSL -H "Authorization: Bearer 5f0e1d2c" https://example.org/app.tgz | tar xz
RUN curl -fsSL -H Authorization:\ token\ 5f0e1d2c https://example.org/app.tgz | tar xz
RUN git -c http.extraheader="AUTHORIZATION: basic cm9ib3Q6NWYwZTFkMmM=" clone https://git.example.org/app.git
RUN ["curl", "-o", "/app", "-H", "Proxy-Authorization: Basic cm9ib3Q6NWYwZTFkMmM=", "https://example.org/app"]
