import type { RetryAfterDuty, Row } from "../model/contract.ts";

/** `contracts/course-api.yaml:31`. */
export function sourceOf({ source }: Pick<Row, "source">): string {
  return `${source.file}:${source.line}`;
}

/** "required, as seconds, 1 to 60 seconds, equal to the wait in the code". */
function describeRetryAfter({ presence, form, min, max, equals }: RetryAfterDuty): string {
  if (presence === "forbidden") return "forbidden";
  const parts: string[] = [presence];
  if (form !== "any") parts.push(form === "seconds" ? "as seconds" : "as a date");
  if (max !== undefined) parts.push(`${min} to ${max} seconds`);
  else if (min > 0) parts.push(`${min} s or more`);
  if (equals !== undefined) {
    const tolerance = equals.tolerance > 0 ? ` give or take ${equals.tolerance} s` : "";
    parts.push(`equal to the ${"capture" in equals ? `${equals.capture} in the code` : equals.member}${tolerance}`);
  }
  return parts.join(", ");
}

/** What a client may do after the row. */
const retryInWords: Readonly<Record<Row["retry"], string>> = {
  never: "never",
  "retry-after": "after the time Retry-After says",
  backoff: "with growing pauses",
  unspecified: "not said",
};

/** What a row promises, name by name. */
export function describePromises(row: Row): (readonly [name: string, promise: string])[] {
  const headers = row.headers.map(({ name, required }) => `${name} (${required ? "required" : "optional"})`);
  return [
    ["status", row.status.text],
    ["type", row.type.text],
    ["code", row.code.text],
    ["param", row.param.text],
    ["operations", row.operations?.join(", ") ?? "all"],
    ["envelope", row.envelope.name],
    ...(headers.length > 0 ? [["headers", headers.join(", ")] as const] : []),
    ["Retry-After", describeRetryAfter(row.retryAfter)],
    ["retry", retryInWords[row.retry]],
    ...(row.docs === undefined ? [] : [["docs", row.docs] as const]),
  ];
}
