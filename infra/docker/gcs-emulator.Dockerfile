# A Cloud Storage for the compose file (packages/gcs-testkit); no part of what runs in the cloud.
# From the project's root: docker build -f infra/docker/gcs-emulator.Dockerfile .
ARG NODE_IMAGE=node:24.19.0-bookworm-slim@sha256:a9f5f7c91a432850b2a8a7797adf5eadb6c733ceed61167806cee7ea7fbc29df

FROM ${NODE_IMAGE} AS build
# What is compiled (hnswlib-node) finds Node's headers in the image; the ffmpeg that a package would download has no
# use here.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
ENV npm_config_nodedir=/usr/local FFMPEG_BIN=/usr/bin/env
WORKDIR /src
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile
RUN npx --yes pnpm@12.21.0 build gcs-emulator

FROM ${NODE_IMAGE}
RUN rm -rf /usr/local/lib/node_modules /opt/yarn-* \
  && find /usr/local/bin -type l -delete \
  && install -d -o node -g node /data /credentials
ENV NODE_ENV=production
WORKDIR /app
COPY --from=build /src/dist/gcs-emulator .
USER node
EXPOSE 9000
ENTRYPOINT ["node", "--enable-source-maps", "main.js"]
CMD ["--help"]
