FROM debian:12 AS build
LABEL com.example.owner="team"
FROM debian:12
LABEL com.example.other="x"
