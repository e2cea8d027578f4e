# The build stage compiles with everything installed; what runs has production dependencies only.
FROM node:24-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci
COPY . .
RUN npm run build

FROM node:24-slim AS production
ENV NODE_ENV=production
# serve (GraphQL and the embedded data plane), gateway or dataplane
ENV FLEETGRAPH_COMMAND=serve
ENV FLEETGRAPH_HOST=0.0.0.0
ENV FLEETGRAPH_DATA=/data
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --omit=optional
COPY --from=build /app/dist ./dist
COPY schema ./schema
COPY examples ./examples
RUN mkdir /data && chown node:node /data
USER node
VOLUME /data
EXPOSE 4000
HEALTHCHECK --interval=10s --timeout=3s --start-period=10s CMD ["node", "-e", "process.env.NODE_TLS_REJECT_UNAUTHORIZED = 0; fetch(`http${process.env.FLEETGRAPH_TLS_CERT ? 's' : ''}://127.0.0.1:${process.env.FLEETGRAPH_PORT || 4000}/healthz`).then((answer) => process.exit(answer.ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/cli.js"]
