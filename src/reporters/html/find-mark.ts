import type { Place } from "../../model/place.ts";
import type { ShownExchange } from "../../model/shown-exchange.ts";
import { spanOf } from "../../syntax/json-span.ts";
import { foreign } from "../layout.ts";
import { limits } from "./limits.ts";
import type { Mark } from "./page-data.ts";
import type { BodyLayout } from "./show-exchange.ts";
import { visibleBody } from "./shown-text.ts";

/** Where a place stands in an exchange as the page shows it; null = the exchange as a whole, or not to be found. */
export function findMark(
  { request, response }: ShownExchange,
  place: Place,
  layouts: Readonly<Record<"request" | "response", BodyLayout>>,
): Mark | null {
  switch (place.kind) {
    case "exchange":
      return null;
    case "status":
      return { part: "line", side: "response", index: 0 };
    case "method":
      return { part: "line", side: "request", index: 0 };
    case "url":
      return { part: "line", side: "request", index: 1 };
    case "header": {
      const side = place.of ?? "response";
      const fields = (side === "request" ? request : response)?.headers ?? [];
      const name = place.name.toLowerCase();
      const indices = [...fields.keys()].filter((index) => fields[index]?.[0].toLowerCase() === name);
      return indices.length === 0 ? { part: "absent", side, name: foreign(place.name, limits.name) } : { part: "fields", side, indices };
    }
    case "body": {
      const side = place.of ?? "response";
      const span = spanIn(layouts[side], place.pointer);
      return span && { part: "body", side, ...span };
    }
  }
}

function spanIn({ text, whole, length }: BodyLayout, pointer: string): { readonly start: number; readonly end: number } | null {
  if (text === "") return null;
  if (pointer === "") return { start: 0, end: length };
  if (!whole || !isJson(text)) return null;
  // A member that is absent is shown by the object that lacks it.
  const { start, end } = spanOf(text, pointer);
  const before = visibleBody(text.slice(0, start)).length;
  const marked = { start: before, end: before + visibleBody(text.slice(start, end)).length };
  return marked.end <= length ? marked : null;
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
