# The HTTP server of gigahost-mcp. Runs as a user without rights; its root file system can be read-only:
#   docker run --read-only --tmpfs /tmp -v gigahost-state:/state -v ./team.json:/etc/gigahost-mcp/team.json:ro -p 3000:3000 gigahost-mcp
FROM node:22-bookworm-slim AS build
WORKDIR /build
COPY package.json package-lock.json ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build

FROM node:22-bookworm-slim
WORKDIR /app
COPY --from=build /build/package.json ./
COPY --from=build /build/LICENSE ./
COPY --from=build /build/dist ./dist
RUN install -d -o node -g node -m 0700 /state
USER node
ENV NODE_ENV=production \
    GIGAHOST_CONFIG=/etc/gigahost-mcp/team.json \
    GIGAHOST_STATE_DIR=/state \
    GIGAHOST_LISTEN=0.0.0.0:3000
VOLUME /state
EXPOSE 3000
HEALTHCHECK --interval=30s --timeout=5s --start-period=10s \
  CMD ["node", "-e", "fetch('http://127.0.0.1:3000/healthz').then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
ENTRYPOINT ["node", "dist/main.js"]
CMD ["http"]
