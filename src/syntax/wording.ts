import type { Json } from "../model/json.ts";

/** A list for people, repeats left out: `a`, `a or b`, `a, b or c`. */
export function listed(items: Iterable<string | number>, joint = "or"): string {
  const all = [...new Set(items)];
  const last = all.pop();
  if (last === undefined) return "none";
  return all.length === 0 ? String(last) : `${all.join(", ")} ${joint} ${last}`;
}

/** A value as JSON for people, cut to a length; `absent` for undefined. */
export function quoted(value: Json | undefined, limit = 60): string {
  if (value === undefined) return "absent";
  const text = typeof value === "string" && value.length > limit ? JSON.stringify(value.slice(0, limit)) : JSON.stringify(value);
  return text.length <= limit + 2 ? text : `${text.slice(0, limit).trimEnd()}…`;
}

/** Where a JSON Pointer leads, for people: the empty pointer has no letters to show. */
export function pointed(pointer: string): string {
  return pointer === "" ? "the body's root" : pointer;
}
