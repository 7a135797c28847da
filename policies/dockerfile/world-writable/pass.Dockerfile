FROM alpine:3.20
RUN chmod 755 /srv && chmod -R u+w,g+w /data && chmod +x /app
RUN chmod 1777 /scratch && chmod o-w /srv && chmod u=rw,o=r /x
RUN chmod 0770 /run/app
COPY --chmod=0755 app /app
