import type { Headers } from "../model/exchange.ts";
import type { Field } from "./entry-fields.ts";
import type { EntryParts, RawValue } from "./entry-parts.ts";
import { decodeString, skipSpace, skipString, skipValue } from "./json-bytes.ts";
import { textOf } from "./odd-value.ts";

type Line = readonly [name: string, value: string];

/** Header fields of a HAR list. A name is looked up in the bytes; values are decoded when asked for. */
export class HeaderLines implements Headers {
  private readonly parts: EntryParts;
  private readonly field: Field;
  private decoded: readonly Line[] | undefined;
  /** Spans of name and value, four numbers a line; null where the list is too odd for that. */
  private index: readonly number[] | null | undefined;

  constructor(parts: EntryParts, field: Field) {
    this.parts = parts;
    this.field = field;
  }

  get(name: string): string | undefined {
    const values = this.all(name);
    return values.length === 0 ? undefined : values.length === 1 ? values[0] : values.join(", ");
  }

  all(name: string): readonly string[] {
    if (name.startsWith(":")) return [];
    if (this.decoded === undefined) {
      const raw = this.parts.raw(this.field);
      if (raw !== undefined) {
        if (this.index === undefined) this.index = indexLines(raw);
        if (this.index !== null) return readValues(raw.bytes, this.index, name);
      }
    }
    const lower = name.toLowerCase();
    return this.lines().flatMap(([own, value]) => (own.toLowerCase() === lower ? [value] : []));
  }

  lines(): readonly Line[] {
    this.decoded ??= listLines(this.parts.value(this.field));
    return this.decoded;
  }
}

const none: readonly string[] = [];

function readValues(bytes: Buffer, index: readonly number[], name: string): readonly string[] {
  let values: string[] | undefined;
  for (let i = 0; i < index.length; i += 4) {
    const start = index[i] as number;
    if ((index[i + 1] as number) - start !== name.length + 2 || !sameName(bytes, start + 1, name)) continue;
    const value = decodeString(bytes, index[i + 2] as number, index[i + 3] as number);
    values ??= [];
    if (value.includes("\n")) values.push(...splitRepeats(value));
    else values.push(value);
  }
  return values ?? none;
}

/** ASCII names, any casing. */
function sameName(bytes: Buffer, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    const a = bytes[start + i] as number;
    const b = name.charCodeAt(i);
    if (a !== b && (lower(a) !== lower(b) || b > 127)) return false;
  }
  return true;
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** Spans of the names and values of a plain list: objects with a string name and a string value, no escape in a member's or field's name. */
function indexLines({ bytes, start, end }: RawValue): number[] | null {
  if (bytes[start] !== 91) return null;
  const index: number[] = [];
  let i = skipSpace(bytes, start + 1, end);
  while (i < end && bytes[i] !== 93) {
    if (bytes[i] !== 123) return null;
    i = skipSpace(bytes, i + 1, end);
    const at = index.length;
    index.push(0, 0, 0, 0);
    while (i < end && bytes[i] === 34) {
      const memberStart = i + 1;
      i = skipString(bytes, memberStart, end);
      if (i < 0) return null;
      const slot = slotOf(bytes, memberStart, i - 1);
      if (slot < 0) return null;
      i = skipSpace(bytes, i, end);
      if (bytes[i] !== 58) return null;
      i = skipSpace(bytes, i + 1, end);
      const valueStart = i;
      i = skipValue(bytes, i, end);
      if (i < 0) return null;
      if (slot < 4) {
        if (bytes[valueStart] !== 34 || index[at + slot] !== 0) return null;
        index[at + slot] = valueStart;
        index[at + slot + 1] = i;
      }
      i = skipSpace(bytes, i, end);
      if (bytes[i] === 44) i = skipSpace(bytes, i + 1, end);
    }
    if (bytes[i] !== 125 || index[at] === 0 || index[at + 2] === 0 || hasEscape(bytes, index[at] as number, index[at + 1] as number))
      return null;
    i = skipSpace(bytes, i + 1, end);
    if (bytes[i] === 44) i = skipSpace(bytes, i + 1, end);
  }
  return index;
}

/** 0 for "name", 2 for "value", 4 for any other member, -1 for one that only decoding can tell. */
function slotOf(bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length === 4 && bytes[start] === 110 && bytes[start + 1] === 97 && bytes[start + 2] === 109 && bytes[start + 3] === 101) return 0;
  if (length === 5 && bytes[start] === 118 && bytes[start + 1] === 97 && bytes[start + 2] === 108 && bytes[start + 4] === 101) return 2;
  return hasEscape(bytes, start, end) ? -1 : 4;
}

function hasEscape(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 92) return true;
  return false;
}

/** Header lines of whatever stands where a HAR header list should: odd types of values are taken for what they mean. */
export function listLines(list: unknown): readonly Line[] {
  const lines: Line[] = [];
  if (Array.isArray(list)) {
    for (const item of list) {
      if (typeof item !== "object" || item === null) continue;
      const { name, value } = item as { name?: unknown; value?: unknown };
      if (typeof name === "string") addLine(lines, name, value);
    }
  } else if (typeof list === "object" && list !== null) {
    for (const [name, value] of Object.entries(list)) addLine(lines, name, value);
  }
  return lines;
}

function addLine(lines: Line[], name: string, value: unknown): void {
  if (name.startsWith(":")) return;
  for (const line of Array.isArray(value) ? value : [value]) for (const one of splitRepeats(textOf(line))) lines.push([name, one]);
}

/** Some tools join repeated fields by newlines. */
function splitRepeats(value: string): string[] {
  return value.includes("\n") ? value.split(/\r?\n/).filter((line) => line !== "") : [value];
}
