/**
 * JSON to stand in a `<script type="application/json">`: without a `<`, no `</script>` or `<!--` can end or open anything; U+2028 and U+2029
 * are escaped for readers that take them for ends of lines.
 */
export function embedJson(value: unknown): string {
  return JSON.stringify(value).replace(/[<>&\u2028\u2029]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
