#!/usr/bin/env bash
# Installs what `npm run test:browser` needs beside Node: Chromium, from Debian's packages. Does nothing where it is there, or where
# ENVELINT_CHROMIUM names one.
set -euo pipefail

if [ -n "${ENVELINT_CHROMIUM:-}" ]; then
  if [ -x "$ENVELINT_CHROMIUM" ]; then exit 0; fi
  echo "ENVELINT_CHROMIUM is $ENVELINT_CHROMIUM, and there is no program there. Name Chromium's executable, or unset it." >&2
  exit 1
fi
if [ -x /usr/bin/chromium ]; then
  exit 0
fi
if ! command -v apt-get >/dev/null; then
  echo "Chromium is missing, and there is no apt-get to install it with. Install it by hand, and name it: ENVELINT_CHROMIUM=/path/to/chromium" >&2
  exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
  as_root=()
elif command -v sudo >/dev/null && sudo -n true 2>/dev/null; then
  as_root=(sudo -n)
else
  echo "Chromium is missing, and only root can install it. Run: sudo apt-get install chromium" >&2
  exit 1
fi

export DEBIAN_FRONTEND=noninteractive
"${as_root[@]}" apt-get update
"${as_root[@]}" apt-get install --yes --no-install-recommends chromium fonts-dejavu-core
