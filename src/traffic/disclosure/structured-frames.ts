import { isObject, type Json } from "../../model/json.ts";
import { appendPointer } from "../../syntax/json-pointer.ts";

/** Values of a body that are looked at, and how deep. */
const most = 5_000;

/** The place of the first list in which two stack frames or more stand as objects, as Laravel and Jackson write them; undefined = none. */
export function structuredTrace(root: Json): string | undefined {
  const ahead: { readonly value: Json; readonly pointer: string }[] = [{ value: root, pointer: "" }];
  let values = most;
  for (let next = ahead.pop(); next !== undefined && values > 0; next = ahead.pop(), values--) {
    const { value, pointer } = next;
    if (Array.isArray(value) && value.slice(0, 20).filter(isFrame).length >= 2) return pointer;
    if (typeof value !== "object" || value === null) continue;
    for (const name of Object.keys(value).slice(0, values)) {
      const child = (value as Record<string, Json>)[name] ?? null;
      if (typeof child === "object" && child !== null) ahead.push({ value: child, pointer: appendPointer(pointer, name) });
    }
  }
  return undefined;
}

function isFrame(value: Json): boolean {
  if (!isObject(value)) return false;
  const { file, fileName, line, lineNumber, function: name, methodName } = value;
  return typeof (file ?? fileName) === "string" && typeof (line ?? lineNumber) === "number" && typeof (name ?? methodName) === "string";
}
