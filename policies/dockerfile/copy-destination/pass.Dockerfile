FROM node:22
COPY package.json package-lock.json /app/
COPY a b .
COPY a b ${TARGET}
COPY app /app
COPY --chown=app:app a b ./
COPY <<ONE <<TWO /etc/
1
ONE
2
TWO
