import { splitPointer } from "./json-pointer.ts";

/** Where a value stands in JSON text. */
export interface JsonSpan {
  readonly start: number;
  readonly end: number;
  /** False: the pointer leads nowhere, and this is the deepest value on its way that exists. */
  readonly whole: boolean;
}

/** Finds the text of the value a JSON Pointer leads to. Linear, without recursion; meant for text that parses. */
export function spanOf(text: string, pointer: string): JsonSpan {
  let start = skipSpace(text, 0);
  for (const token of splitPointer(pointer)) {
    const child = findChild(text, start, token);
    if (child === undefined) return { start, end: endOfValue(text, start), whole: false };
    start = child;
  }
  return { start, end: endOfValue(text, start), whole: true };
}

/** Offset of a member's or element's value; undefined where there is none. The last of repeated members counts, as in JSON.parse. */
function findChild(text: string, container: number, token: string): number | undefined {
  const open = text[container];
  if (open !== "{" && open !== "[") return undefined;
  let found: number | undefined;
  let at = skipSpace(text, container + 1);
  for (let index = 0; at < text.length && text[at] !== "}" && text[at] !== "]"; index++) {
    let isIt = open === "[" && String(index) === token;
    if (open === "{") {
      const end = endOfString(text, at);
      isIt = nameOf(text.slice(at, end)) === token;
      at = skipSpace(text, skipSpace(text, end) + 1);
    }
    if (isIt) found = at;
    if (isIt && open === "[") break;
    at = skipSpace(text, endOfValue(text, at));
    if (text[at] === ",") at = skipSpace(text, at + 1);
  }
  return found;
}

function nameOf(literal: string): string | undefined {
  try {
    return JSON.parse(literal) as string;
  } catch {
    return undefined;
  }
}

function skipSpace(text: string, from: number): number {
  let at = from;
  while (at < text.length && " \t\n\r".includes(text[at] as string)) at++;
  return at;
}

function endOfString(text: string, from: number): number {
  let at = from + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return Math.min(at + 1, text.length);
}

function endOfValue(text: string, from: number): number {
  let depth = 0;
  let at = from;
  while (at < text.length) {
    const char = text[at];
    if (char === '"') {
      at = endOfString(text, at);
      if (depth === 0) return at;
      continue;
    }
    if (char === "{" || char === "[") depth++;
    else if (char === "}" || char === "]") {
      if (depth === 0) return at;
      if (--depth === 0) return at + 1;
    } else if (depth === 0 && (char === "," || char === " " || char === "\n" || char === "\r" || char === "\t")) return at;
    at++;
  }
  return at;
}
