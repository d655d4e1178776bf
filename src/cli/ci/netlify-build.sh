#!/bin/sh
# Installs Hallway, looks for mistakes and builds this site; Netlify runs it.
set -eu
root=$(pwd)
name="hallway-$HALLWAY_VERSION-x86_64-unknown-linux-musl"
tools=$(mktemp -d)
cd "$tools"
curl -fsSLO "$HALLWAY_RELEASES/v$HALLWAY_VERSION/$name.tar.gz"
curl -fsSL "$HALLWAY_RELEASES/v$HALLWAY_VERSION/SHA256SUMS" | grep -F " $name.tar.gz" > sum
sha256sum --check --strict sum
tar -xzf "$name.tar.gz"
cd "$root"
# A preview is served at an address of its own.
if [ "${CONTEXT:-production}" = production ]; then url=${URL:-/}; else url=${DEPLOY_PRIME_URL:-/}; fi
# What lies below this folder is kept from build to build.
cache=${NETLIFY_BUILD_BASE:-/opt/build}/cache/hallway
"$tools/$name/hallway" check --cache-dir "$cache"
"$tools/$name/hallway" build --host netlify --base-url "$url/" --cache-dir "$cache" --destination public
