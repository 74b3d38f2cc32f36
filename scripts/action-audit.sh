#!/usr/bin/env bash
# The action's second step: judges, annotates, writes every report, and leaves the exit code to the last step.
set -uo pipefail

# What kept envelint from judging at all, for people: no report tells of it. Reads standard input.
tell_failure() {
  local text data
  # A carriage return ends a line too, in a log and in Markdown.
  text=$(tr -d '\r' | head -n 40)
  data=${text#envelint: }
  data=${data//'%'/'%25'}
  data=${data//$'\n'/'%0A'}
  echo "::error title=envelint::$data"
  # In a block of indented lines nothing is markup.
  printf '### ? envelint could not run\n\n%s\n\n' "$(sed 's/^/    /' <<<"$text")" >>"${GITHUB_STEP_SUMMARY:-/dev/null}"
}

# A line more in an output would be read as another one.
OUTPUT=${OUTPUT//[$'\r\n']/}

arguments=()
captures=()
while IFS= read -r line; do [ -n "$line" ] && captures+=("$line"); done <<<"$CAPTURES"
for option in contract config baseline fail-on; do
  name=${option^^}
  name=${name//-/_}
  [ -n "${!name}" ] && arguments+=("--$option=${!name}")
done
while IFS= read -r line; do [ -n "$line" ] && arguments+=("$line"); done <<<"$ARGS"

errors=$(mktemp) || exit 2
trap 'rm -f "$errors"' EXIT
if mkdir -p "$OUTPUT" 2>"$errors"; then
  rm -f "$OUTPUT"/envelint.{sarif,json,html,md}
  # Behind -- a capture's name is never an option, whatever it looks like.
  [ "${#captures[@]}" -gt 0 ] && captures=(-- "${captures[@]}")
  node "$GITHUB_ACTION_PATH/bin/envelint.js" audit "${arguments[@]}" \
    --format=github \
    --format=sarif="$OUTPUT/envelint.sarif" \
    --format=json="$OUTPUT/envelint.json" \
    --format=html="$OUTPUT/envelint.html" \
    --format=markdown="$OUTPUT/envelint.md" "${captures[@]}" 2>"$errors"
  code=$?
  # Where there is no report nothing was judged, whatever was run in its place (--version).
  [ -f "$OUTPUT/envelint.json" ] || code=2
else
  code=2
fi
cat "$errors" >&2

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
  else
    printf 'verdict=unjudged\nfindings=0\n'
  fi
} >>"$GITHUB_OUTPUT"
[ -f "$OUTPUT/envelint.json" ] || tell_failure <"$errors"
exit 0
