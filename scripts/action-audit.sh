#!/usr/bin/env bash
# The action's second step: judges, annotates, writes every report, and leaves the exit code to the last step.
set -uo pipefail

arguments=()
while IFS= read -r line; do [ -n "$line" ] && arguments+=("$line"); done <<<"$CAPTURES"
for option in contract config baseline fail-on; do
  name=${option^^}
  name=${name//-/_}
  [ -n "${!name}" ] && arguments+=("--$option=${!name}")
done
while IFS= read -r line; do [ -n "$line" ] && arguments+=("$line"); done <<<"$ARGS"

mkdir -p "$OUTPUT" || exit 2
rm -f "$OUTPUT"/envelint.{sarif,json,html,md}
node "$GITHUB_ACTION_PATH/bin/envelint.js" audit "${arguments[@]}" \
  --format=github \
  --format=sarif="$OUTPUT/envelint.sarif" \
  --format=json="$OUTPUT/envelint.json" \
  --format=html="$OUTPUT/envelint.html" \
  --format=markdown="$OUTPUT/envelint.md"
code=$?

{
  echo "exit-code=$code"
  echo "output=$OUTPUT"
  # What could not be run at all has left no report, or an old one.
  if [ -f "$OUTPUT/envelint.json" ]; then
    echo "sarif=$OUTPUT/envelint.sarif"
    node -e '
      const { verdict, findings } = JSON.parse(require("node:fs").readFileSync(process.argv[1], "utf8"));
      console.log(`verdict=${verdict}\nfindings=${findings.length}`);
    ' "$OUTPUT/envelint.json"
  fi
} >>"$GITHUB_OUTPUT"
exit 0
