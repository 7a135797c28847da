FROM python:3.12-slim AS build
RUN pip install build

FROM python:3.12-slim
RUN pip install --no-cache-dir flask
RUN pip3 --no-cache-dir install flask
RUN PIP_NO_CACHE_DIR=1 pip install django
RUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt
RUN pip install jinja2 && pip cache purge
COPY --from=build /dist /dist
