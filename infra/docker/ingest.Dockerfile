# Brings clips and songs into the catalogue: docker run … --songs /data/songs
# From the project's root: docker build -f infra/docker/ingest.Dockerfile .
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
# With the model that sees poses in clips.
RUN npx --yes pnpm@12.21.0 pose:add && npx --yes pnpm@12.21.0 build ingest

FROM ${NODE_IMAGE}
# ffmpeg 5.1 is what the tests run with. Of what the base brings, nothing runs npm or yarn.
# hadolint ignore=DL3008
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates 'ffmpeg=7:5.1.*' \
  && rm -rf /var/lib/apt/lists/* /usr/local/lib/node_modules /opt/yarn-* \
  && find /usr/local/bin -type l -delete \
  && install -d -o node -g node /data /scratch
ENV NODE_ENV=production
ENV LOCAL_STORAGE_PATH=/data/media TMPDIR=/scratch
COPY --from=build /src/dist/ingest /app/ingest
# The demo library is made below the working directory.
WORKDIR /data
USER node
ENTRYPOINT ["node", "--enable-source-maps", "/app/ingest/main.js"]
