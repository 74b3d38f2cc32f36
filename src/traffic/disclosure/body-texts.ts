import type { Body } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { textOfHtml } from "../../syntax/html-text.ts";
import { appendPointer } from "../../syntax/json-pointer.ts";

/** A text of a body that somebody may read, and where it stands. */
export interface BodyText {
  readonly text: string;
  /** JSON Pointer; "" is the whole body. */
  readonly pointer: string;
}

/** Characters of a body that are looked at: an error is short, and what gives a server away stands at its beginning. */
export const lookedAt = 65_536;
/** Values of a body that are looked at. */
const most = 5_000;

const known = new WeakMap<Body, readonly BodyText[]>();

/** The strings of a JSON body, each at its place, in their order; else the whole of it, a page without its tags. Read once. */
export function textsOf(body: Body): readonly BodyText[] {
  let texts = known.get(body);
  if (texts === undefined) {
    texts = readTexts(body);
    known.set(body, texts);
  }
  return texts;
}

function readTexts(body: Body): BodyText[] {
  if (body.state !== "present") return [];
  const parsed = body.json();
  if (parsed.ok) return stringsOf(parsed.value);
  const text = body.head(lookedAt);
  return [{ text: /^\s*</.test(text) ? textOfHtml(text) : text, pointer: "" }];
}

function stringsOf(root: Json): BodyText[] {
  const found: BodyText[] = [];
  const ahead: { readonly value: Json; readonly pointer: string }[] = [{ value: root, pointer: "" }];
  let [left, values] = [lookedAt, most];
  for (let next = ahead.pop(); next !== undefined && left > 0 && values > 0; next = ahead.pop(), values--) {
    const { value, pointer } = next;
    if (typeof value === "string") {
      found.push({ text: value.slice(0, left), pointer });
      left -= value.length;
    } else if (typeof value === "object" && value !== null) {
      const names = Object.keys(value);
      for (let at = Math.min(names.length, values) - 1; at >= 0; at--) {
        const name = names[at] as string;
        const member = (value as Record<string, Json>)[name] ?? null;
        if (typeof member === "string" || typeof member === "object") ahead.push({ value: member, pointer: appendPointer(pointer, name) });
      }
    }
  }
  return found;
}
