FROM node:22
RUN npm install -g typescript @angular/cli@18
RUN yarn global add serve@latest
RUN pnpm add -g @scope/tool
