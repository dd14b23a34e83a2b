# syntax=docker/dockerfile:1.7
# The bot as it runs on AWS. Node is the version of package.json (node-linux-*); a test holds them together.
FROM node:24.21.0-bookworm-slim AS packages
WORKDIR /app
ENV NODE_ENV=production
COPY package.json package-lock.json .npmrc ./
# No install scripts run. The image brings its own Node: the copy for machines without one is taken out again.
RUN npm ci --omit=dev --ignore-scripts --no-audit --no-fund \
 && rm -rf node_modules/node-linux-* node_modules/.bin/node /root/.npm

FROM node:24.21.0-bookworm-slim
LABEL org.opencontainers.image.title="Askstream" org.opencontainers.image.licenses="Apache-2.0"
ENV NODE_ENV=production TZ=UTC
WORKDIR /app
COPY --from=packages /app/node_modules ./node_modules
COPY package.json manifest.yml LICENSE ./
COPY prompts ./prompts
COPY src ./src
# The only places that the bot may write to; everything else is root's, and read-only on AWS.
RUN install -d -o node -g node /app/.data
ENV DATA_DIR=/app/.data HOME=/app/.data
USER node
VOLUME ["/app/.data", "/tmp"]
STOPSIGNAL SIGTERM
# Nothing listens (Socket Mode), so there is no port to ask: the app touches a file while it turns and Slack can reach it.
HEALTHCHECK --interval=30s --timeout=5s --start-period=120s --retries=3 CMD find /app/.data/alive -mmin -2 | grep -q .
CMD ["node", "--import", "./src/hooks.ts", "src/main.ts"]
