FROM node:22
RUN npm ci && npm install
RUN npm install -g typescript@5.5.4 @angular/cli@18 ./own.tgz
RUN yarn global add serve@14
RUN yarn install
