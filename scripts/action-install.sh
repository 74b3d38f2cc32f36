#!/usr/bin/env bash
# The action's first step: builds envelint where the action was checked out. Needs Node 20.19 or later on the runner.
set -euo pipefail
cd "${GITHUB_ACTION_PATH:?is set by the runner}"

if ! node -e 'const [a, b] = process.versions.node.split(".").map(Number); process.exit(a > 20 || (a === 20 && b >= 19) ? 0 : 1)'; then
  echo "::error title=envelint::Node $(node --version 2>/dev/null || echo 'is missing and') is too old: envelint needs 20.19 or later. Add actions/setup-node before it."
  exit 2
fi
if [ ! -f dist/src/cli/main.cjs ]; then
  # What builds it is a dev dependency, which NODE_ENV=production would leave out.
  npm ci --include=dev --no-audit --no-fund --loglevel=error
fi
