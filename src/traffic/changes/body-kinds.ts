import type { Json } from "../../model/json.ts";
import { appendPointer } from "../../syntax/json-pointer.ts";

export type Kind = "string" | "number" | "boolean" | "object" | "array";

/** A body with more members is too large to be compared. */
const mostMembers = 100;
const longestPointer = 200;

/**
 * What stands where in a body: JSON Pointers, parents before their children; of a list its first element. A null counts as absent. undefined
 * where there is too much.
 */
export function kindsIn(root: Json): ReadonlyMap<string, Kind> | undefined {
  const kinds = new Map<string, Kind>();
  const ahead: { pointer: string; value: Json }[] = [{ pointer: "", value: root }];
  for (const { pointer, value } of ahead) {
    if (value === null) continue;
    if (kinds.size >= mostMembers || pointer.length > longestPointer) return undefined;
    kinds.set(pointer, Array.isArray(value) ? "array" : (typeof value as Kind));
    if (typeof value !== "object") continue;
    const members = Object.entries(Array.isArray(value) ? value.slice(0, 1) : value);
    if (members.length > mostMembers) return undefined;
    ahead.push(...members.map(([name, each]) => ({ pointer: appendPointer(pointer, name), value: each })));
  }
  return kinds;
}

/** `/error/code` -> `/error`. */
export function parentOf(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}
