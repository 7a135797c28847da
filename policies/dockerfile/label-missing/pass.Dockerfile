FROM debian:12 AS base
LABEL com.example.owner="team"
FROM base
