#!/usr/bin/env bash
# Installs Debian packages: apt-install.sh NAME PACKAGE..., NAME being what is missing, as messages call it. As root, or by a sudo that asks nothing.
set -euo pipefail
name=$1
shift

if ! command -v apt-get >/dev/null; then
  echo "$name is missing, and there is no apt-get to install it with. Install it by hand." >&2
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "$name is missing, and only root can install it. Run: sudo apt-get install $*" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update
# A package that brings a server would start one of its own; the tests start theirs.
"${as_root[@]}" env RUNLEVEL=1 apt-get install --yes --no-install-recommends "$@"
