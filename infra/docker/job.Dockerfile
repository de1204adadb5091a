# The rendering job: one execution renders one task.
# From the project's root: docker build -f infra/docker/job.Dockerfile .
ARG NODE_IMAGE=node:20-bookworm-slim@sha256:2cf067cfed83d5ea958367df9f966191a942351a2df77d6f0193e162b5febfc0

FROM ${NODE_IMAGE} AS build
# hnswlib-node is compiled; Node's headers are in the image.
RUN apt-get update \
  && apt-get install -y --no-install-recommends g++ make python3 \
  && rm -rf /var/lib/apt/lists/*
ENV npm_config_nodedir=/usr/local
WORKDIR /src
COPY . .
RUN npx --yes pnpm@12.21.0 install --frozen-lockfile && npx --yes pnpm@12.21.0 build job

FROM ${NODE_IMAGE}
# 5.1 is what the tests run with.
RUN apt-get update \
  && apt-get install -y --no-install-recommends ca-certificates 'ffmpeg=7:5.1.*' \
  && rm -rf /var/lib/apt/lists/* \
  && install -d -o node -g node /data
ENV NODE_ENV=production
ENV LOCAL_STORAGE_PATH=/data/media
WORKDIR /app
COPY --from=build /src/dist/job ./job
USER node
CMD ["node", "job/main.js"]
