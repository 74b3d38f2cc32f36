#!/usr/bin/env bash
# Installs what `npm run test:servers` needs beside Node: nginx, from Debian's packages. Does nothing where it is there.
set -euo pipefail

if command -v nginx >/dev/null || [ -x /usr/sbin/nginx ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "nginx is missing, and there is no apt-get to install it with. Install nginx by hand." >&2
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "nginx is missing, and only root can install it. Run: sudo apt-get install nginx" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update
# The package would start a server of its own; the tests start theirs.
"${as_root[@]}" env RUNLEVEL=1 apt-get install --yes --no-install-recommends nginx
