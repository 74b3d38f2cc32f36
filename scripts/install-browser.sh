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
exec bash "$(dirname "$0")/apt-install.sh" "Chromium (ENVELINT_CHROMIUM names one that lies elsewhere)" chromium fonts-dejavu-core
