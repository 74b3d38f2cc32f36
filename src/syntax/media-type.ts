/** The essence of a media type (RFC 9110 8.3.1): lower case, parameters left out; undefined when blank. */
export function essenceOf(mediaType: string | undefined): string | undefined {
  const essence = mediaType?.split(";", 1)[0]?.trim().toLowerCase();
  return essence === "" ? undefined : essence;
}

/** Does an essence fall in a range: `application/json`, `application/*+json`, `text/*`, or anything? */
export function matchesMediaRange(essence: string, range: string): boolean {
  if (range === "*/*" || range === essence) return true;
  const star = range.indexOf("*");
  if (star < 0) return false;
  const head = range.slice(0, star);
  const tail = range.slice(star + 1);
  return essence.length >= head.length + tail.length && essence.startsWith(head) && essence.endsWith(tail);
}

/** Is it JSON by its name: `application/json`, `text/json`, anything `+json`? */
export function isJsonType(essence: string | undefined): boolean {
  return essence !== undefined && (essence === "application/json" || essence === "text/json" || essence.endsWith("+json"));
}
