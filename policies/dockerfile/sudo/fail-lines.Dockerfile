# escape=`
FROM debian:12
RUN mkdir /app && `
    # twice
    sudo make && `
    env A=1 sudo -u root make install
