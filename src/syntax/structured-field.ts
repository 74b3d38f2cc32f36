/** A bare item of a structured field (RFC 9651 3.3). Dates and integers are numbers, bytes their base64 text. */
export type BareItem =
  | { readonly type: "integer" | "decimal" | "date"; readonly value: number }
  | { readonly type: "string" | "token" | "bytes" | "display"; readonly value: string }
  | { readonly type: "boolean"; readonly value: boolean };

export interface Item {
  readonly value: BareItem;
  readonly parameters: ReadonlyMap<string, BareItem>;
}

export interface InnerList {
  readonly items: readonly Item[];
  readonly parameters: ReadonlyMap<string, BareItem>;
}

/** A text and how far it was read. */
interface Cursor {
  readonly text: string;
  at: number;
}

/** Reads a List (RFC 9651 4.2.1), its lines joined by ", "; undefined where it is malformed. An empty field is an empty list. */
export function parseList(text: string): (Item | InnerList)[] | undefined {
  const cursor: Cursor = { text: text.replace(/^ +| +$/g, ""), at: 0 };
  const members: (Item | InnerList)[] = [];
  if (cursor.text === "") return members;
  for (;;) {
    const member = cursor.text[cursor.at] === "(" ? readInnerList(cursor) : readItem(cursor);
    if (member === undefined) return undefined;
    members.push(member);
    take(cursor, /[ \t]*/y);
    if (cursor.at === cursor.text.length) return members;
    if (take(cursor, /,[ \t]*/y) === undefined || cursor.at === cursor.text.length) return undefined;
  }
}

/** Reads an Item (RFC 9651 4.2.3); undefined where it is malformed. */
export function parseItem(text: string): Item | undefined {
  const cursor: Cursor = { text: text.replace(/^ +| +$/g, ""), at: 0 };
  const item = readItem(cursor);
  return cursor.at === cursor.text.length ? item : undefined;
}

function readInnerList(cursor: Cursor): InnerList | undefined {
  const items: Item[] = [];
  cursor.at++;
  for (;;) {
    const spaces = take(cursor, / */y);
    if (cursor.text[cursor.at] === ")") break;
    if (items.length > 0 && spaces === "") return undefined;
    const item = readItem(cursor);
    if (item === undefined) return undefined;
    items.push(item);
  }
  cursor.at++;
  const parameters = readParameters(cursor);
  return parameters && { items, parameters };
}

function readItem(cursor: Cursor): Item | undefined {
  const value = readBare(cursor);
  const parameters = value && readParameters(cursor);
  return value && parameters && { value, parameters };
}

function readParameters(cursor: Cursor): Map<string, BareItem> | undefined {
  const parameters = new Map<string, BareItem>();
  while (take(cursor, /; */y) !== undefined) {
    const name = take(cursor, /[a-z*][a-z0-9_.*-]*/y);
    if (name === undefined) return undefined;
    const value: BareItem | undefined = take(cursor, /=/y) === undefined ? { type: "boolean", value: true } : readBare(cursor);
    if (value === undefined) return undefined;
    parameters.set(name, value);
  }
  return parameters;
}

function readBare(cursor: Cursor): BareItem | undefined {
  const number = take(cursor, /-?[0-9]+(?:\.[0-9]*)?/y);
  if (number !== undefined) return readNumber(number);
  const string = take(cursor, /"(?:[ !#-[\]-~]|\\["\\])*"/y);
  if (string !== undefined) return { type: "string", value: string.slice(1, -1).replace(/\\(.)/g, "$1") };
  const token = take(cursor, /[A-Za-z*][!#$%&'*+.^_`|~0-9A-Za-z:/-]*/y);
  if (token !== undefined) return { type: "token", value: token };
  const bytes = take(cursor, /:[A-Za-z0-9+/]*={0,2}:/y);
  if (bytes !== undefined) return { type: "bytes", value: bytes.slice(1, -1) };
  const boolean = take(cursor, /\?[01]/y);
  if (boolean !== undefined) return { type: "boolean", value: boolean === "?1" };
  const date = take(cursor, /@-?[0-9]{1,15}(?![0-9.])/y);
  if (date !== undefined) return { type: "date", value: Number(date.slice(1)) };
  const display = take(cursor, /%"(?:[ !#$&-~]|%[0-9a-f]{2})*"/y);
  return display === undefined ? undefined : readDisplay(display.slice(2, -1));
}

function readNumber(text: string): BareItem | undefined {
  const [whole = "", fraction] = text.replace("-", "").split(".");
  if (fraction === undefined) return whole.length > 15 ? undefined : { type: "integer", value: Number(text) };
  return whole.length > 12 || fraction === "" || fraction.length > 3 ? undefined : { type: "decimal", value: Number(text) };
}

function readDisplay(text: string): BareItem | undefined {
  try {
    return { type: "display", value: decodeURIComponent(text) };
  } catch {
    return undefined;
  }
}

/** What a sticky pattern matches at the cursor, which moves past it. */
function take(cursor: Cursor, pattern: RegExp): string | undefined {
  pattern.lastIndex = cursor.at;
  const found = pattern.exec(cursor.text)?.[0];
  cursor.at += found?.length ?? 0;
  return found;
}
