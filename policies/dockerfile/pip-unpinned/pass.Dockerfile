FROM python:3.12
RUN pip install --no-cache-dir flask==3.0.3 "requests>=2,<3" .
RUN pip install -r requirements.txt
RUN pip install -c constraints.txt flask
RUN pip3 install git+https://git.example.org/own.git@v1
