#!/usr/bin/env bash
# Builds the image, and runs it against the sandbox and a Postgres (try-image.ts).
#   deploy/docker/try.sh                        with buildah and podman, as root (apt-get install buildah podman runc debootstrap)
#   ENGINE=docker IMAGE=NAME deploy/docker/try.sh   with an image that is there already
# Where no registry of images can be reached, the base is made by debootstrap, with the Node of this project and npm.
set -euo pipefail
cd "$(dirname "$0")/../.."

ENGINE=${ENGINE:-podman}
IMAGE=${IMAGE:-}
BASE=${NODE_IMAGE:-docker.io/library/node:24-bookworm-slim}
MADE_BASE=localhost/connect-add-user-base:bookworm

make_base() {
  local root
  root=$(mktemp -d)
  echo "try.sh: $BASE cannot be had; making a base with debootstrap"
  debootstrap --variant=minbase --include=ca-certificates bookworm "$root" >"$root.log" 2>&1 || { tail -5 "$root.log"; return 1; }
  # As in Docker's Node image: Node and npm in /usr/local, and a user "node" with the id 1000.
  install -m 0755 "$(readlink -f "$(npx node -p process.execPath)")" "$root/usr/local/bin/node"
  cp -a "$(npm root -g)/npm" "$root/usr/local/lib/npm"
  ln -s ../lib/npm/bin/npm-cli.js "$root/usr/local/bin/npm"
  chroot "$root" groupadd --gid 1000 node
  chroot "$root" useradd --uid 1000 --gid node --shell /bin/bash --create-home node
  rm -rf "$root"/var/cache/apt "$root"/var/lib/apt/lists "$root"/usr/share/doc "$root"/usr/share/locale
  local container
  container=$(buildah from scratch)
  buildah add --quiet "$container" "$root" / >/dev/null
  buildah config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin "$container"
  buildah commit --quiet --rm "$container" "$MADE_BASE" >/dev/null
  rm -rf "$root" "$root.log"
}

if [ -z "$IMAGE" ]; then
  IMAGE=localhost/connect-add-user:try
  if ! buildah inspect --type image "$BASE" >/dev/null 2>&1 && ! timeout 60 buildah pull --quiet "$BASE" >/dev/null 2>&1; then
    buildah inspect --type image "$MADE_BASE" >/dev/null 2>&1 || make_base
    BASE=$MADE_BASE
  fi
  # A certificate that this machine needs for the npm registry, such as a proxy's, is needed by the build as well.
  trust=()
  if [ -n "${NODE_EXTRA_CA_CERTS:-}" ]; then
    trust=(--secret "id=extra-ca,src=$NODE_EXTRA_CA_CERTS")
  fi
  # Only docker's own format has a HEALTHCHECK.
  buildah build --quiet --format docker --isolation chroot --network host "${trust[@]}" \
    --build-arg "NODE_IMAGE=$BASE" --build-arg "COMMIT=$(git rev-parse HEAD 2>/dev/null || echo unknown)" \
    -f deploy/docker/Dockerfile -t "$IMAGE" . >/dev/null
  echo "try.sh: built $IMAGE on $BASE"
fi

ENGINE=$ENGINE IMAGE=$IMAGE exec npx node deploy/docker/try-image.ts
