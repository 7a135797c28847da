FROM python:3.12-slim
RUN pip install flask
RUN python3 -m pip install -r requirements.txt
