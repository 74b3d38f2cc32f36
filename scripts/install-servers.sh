#!/usr/bin/env bash
# Installs what `npm run test:servers` needs beside Node: nginx, from Debian's packages. Does nothing where it is there.
set -euo pipefail

if command -v nginx >/dev/null || [ -x /usr/sbin/nginx ]; then
  exit 0
fi
exec bash "$(dirname "$0")/apt-install.sh" nginx nginx
