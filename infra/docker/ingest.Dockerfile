# Brings clips and songs into the catalogue: docker run … --songs /data/songs
# From the project's root: docker build -f infra/docker/ingest.Dockerfile .
ARG NODE_IMAGE=node:20-bookworm-slim@sha256:2cf067cfed83d5ea958367df9f966191a942351a2df77d6f0193e162b5febfc0

FROM ${NODE_IMAGE} AS build
# hnswlib-node is compiled; Node's headers are in the image.
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
ENV npm_config_nodedir=/usr/local
WORKDIR /src
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile && npx --yes pnpm@12.21.0 build ingest

FROM ${NODE_IMAGE}
# 5.1 is what the tests run with.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates 'ffmpeg=7:5.1.*' \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data
ENV NODE_ENV=production
ENV LOCAL_STORAGE_PATH=/data/media
COPY --from=build /src/dist/ingest /app/ingest
# The demo library is made below the working directory.
WORKDIR /data
USER node
ENTRYPOINT ["node", "--enable-source-maps", "/app/ingest/main.js"]
