FROM python:3.12
RUN pip install --no-cache-dir --index-url https://pypi.example.org/simple flask gunicorn==22.0.0
RUN python3 -m pip install poetry
