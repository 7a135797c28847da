FROM alpine:3.20
RUN chmod -R 777 /srv
RUN mkdir /data && chmod a+rwx /data
RUN chmod 0666 /etc/app.conf && chmod o+w /x
COPY --chmod=777 app /app
RUN chmod u=rwx,o+w /y
