import type { Json, JsonObject } from "../model/json.ts";

/** A list for people, repeats left out: `a`, `a or b`, `a, b or c`. */
export function listed(items: Iterable<string | number>, joint = "or"): string {
  const all = [...new Set(items)];
  const last = all.pop();
  if (last === undefined) return "none";
  return all.length === 0 ? String(last) : `${all.join(", ")} ${joint} ${last}`;
}

/** A value as JSON for people, cut to a length; `absent` for undefined. No more of the value is written out than is shown. */
export function quoted(value: Json | undefined, limit = 60): string {
  if (value === undefined) return "absent";
  const text = beginningOf(value, limit + 3);
  return text.length <= limit + 2 ? text : `${text.slice(0, limit).trimEnd()}…`;
}

/** A value in words of its own: a string as it stands, anything else as JSON; cut to a length. `undefined` for undefined. */
export function plainly(value: Json | undefined, limit = 200): string {
  if (value === undefined) return "undefined";
  const text = typeof value === "string" ? value : beginningOf(value, limit + 1);
  return text.length <= limit ? text : `${text.slice(0, limit)}…`;
}

/** A noun after its indefinite article, as it is spoken: `an order`, `a user`, `an SSH key`. `article` is `A` where it begins a sentence. */
export function withArticle(noun: string, article: "a" | "A" = "a"): string {
  const [word = ""] = /^[A-Za-z]+/.exec(noun) ?? [];
  const isSpelt = /^[A-Z]{2,}$/.test(word);
  const isVowel = isSpelt
    ? /^[AEFHILMNORSX]/.test(word)
    : /^(?:[aeiou]|hour|honou?r|honest|heir)/i.test(word) && !/^(?:uni(?![nm])|us[aeu]|util|eu|once|one(?![a-z])|ubi)/i.test(word);
  return `${article}${isVowel ? "n" : ""} ${noun}`;
}

/** Where a JSON Pointer leads, for people: the empty pointer has no letters to show. */
export function pointed(pointer: string): string {
  return pointer === "" ? "the body's root" : pointer;
}

/** Lists and objects that stand in more than so many others are not written out. */
const deepest = 6;

/** A value that is still to be written at its depth, or text that is written as it stands. */
type Piece = string | { readonly value: Json; readonly depth: number };

/** The JSON of a value; of a longer one the first `length` characters at least, and little more. Nothing recurses, so no depth matters. */
function beginningOf(root: Json, length: number): string {
  const ahead: Piece[] = [{ value: root, depth: 0 }];
  let text = "";
  while (ahead.length > 0 && text.length < length) {
    const next = ahead.pop() as Piece;
    if (typeof next === "string") text += next;
    else if (typeof next.value === "string") text += JSON.stringify(next.value.slice(0, length));
    else if (typeof next.value !== "object" || next.value === null) text += JSON.stringify(next.value);
    else for (const piece of partsOf(next.value, next.depth, length)) ahead.push(piece);
  }
  return text;
}

/** What a list or an object is written as, last piece first. Each member takes a character at least, so no more of them than that. */
function partsOf(value: Json[] | JsonObject, depth: number, length: number): Piece[] {
  const [open, close] = Array.isArray(value) ? ["[", "]"] : ["{", "}"];
  if (depth >= deepest) return [`${open}…${close}`];
  const inner = depth + 1;
  const members: Piece[][] = Array.isArray(value)
    ? value.slice(0, length).map((each) => [{ value: each, depth: inner }])
    : Object.keys(value)
        .slice(0, length)
        .map((name) => [`${JSON.stringify(name.slice(0, length))}:`, { value: value[name] ?? null, depth: inner }]);
  return [open, ...members.flatMap((member, index) => (index === 0 ? member : [",", ...member])), close].reverse();
}
