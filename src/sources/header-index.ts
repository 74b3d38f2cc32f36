import { skipSpace, skipString, skipValue } from "../scanner/skip-value.ts";
import type { RawValue } from "./entry-parts.ts";
import { decodeString } from "./json-bytes.ts";

const none: readonly string[] = [];
const noBytes = Buffer.alloc(0);

/** Where the names and values of one list stand, four numbers a line: one list's until another is asked, for lists come in turn. */
export class HeaderIndex {
  private spans = new Int32Array(4 * 64);
  private length = 0;
  /** Which lengths the names have, a bit each: most of what is asked for is not there. */
  private lengths = 0;
  private owner: object | undefined;
  private bytes: Buffer = noBytes;
  /** Values decoded so far, one a line: several rules ask for the same. */
  private values: (string | undefined)[] = [];

  /** Is the list the one that was taken last? */
  isOf(owner: object): boolean {
    return this.owner === owner;
  }

  /** Takes a list; false where it is too odd for that. */
  take(owner: object, raw: RawValue): boolean {
    this.bytes = raw.bytes;
    this.owner = this.takeLines(raw) ? owner : undefined;
    return this.owner !== undefined;
  }

  /** How many lines the list has. */
  get count(): number {
    return this.length >> 2;
  }

  nameOf(line: number): string {
    return decodeString(this.bytes, this.spans[4 * line] as number, this.spans[4 * line + 1] as number);
  }

  valueOf(line: number): string {
    let value = this.values[line];
    if (value === undefined) {
      value = decodeString(this.bytes, this.spans[4 * line + 2] as number, this.spans[4 * line + 3] as number);
      this.values[line] = value;
    }
    return value;
  }

  /** The values of a field, line by line as they are written. */
  read(name: string): readonly string[] {
    let values: string[] | undefined;
    for (let line = this.find(name, 0); line >= 0; line = this.find(name, line + 1)) {
      values ??= [];
      values.push(this.valueOf(line));
    }
    return values ?? none;
  }

  /** The value of a field that stands once; undefined where it does not, `null` where it stands several times. */
  readOnly(name: string): string | undefined | null {
    const line = this.find(name, 0);
    if (line < 0) return undefined;
    return this.find(name, line + 1) < 0 ? this.valueOf(line) : null;
  }

  /** The next line of that name; -1 = none. */
  private find(name: string, from: number): number {
    if ((this.lengths & (1 << (name.length & 31))) === 0) return -1;
    const { bytes, spans, length } = this;
    for (let at = 4 * from; at < length; at += 4) {
      const start = spans[at] as number;
      if ((spans[at + 1] as number) - start === name.length + 2 && sameName(bytes, start + 1, name)) return at >> 2;
    }
    return -1;
  }

  /** A plain list: objects with a string name and a string value, no escape in a member's or field's name. */
  private takeLines({ bytes, start, end, space }: RawValue): boolean {
    this.length = 0;
    this.lengths = 0;
    this.values.length = 0;
    const count = space?.indexFields(start, end) ?? -1;
    if (space !== undefined && count >= 0) {
      this.copy(space.fields, 4 * count);
      return true;
    }
    if (bytes[start] !== 91) return false;
    let i = skipSpace(bytes, start + 1, end);
    while (i < end && bytes[i] !== 93) {
      if (this.length === this.spans.length) this.grow();
      i = this.takeLine(bytes, i, end);
      if (i < 0) return false;
      i = skipSpace(bytes, i, end);
      if (bytes[i] === 44) i = skipSpace(bytes, i + 1, end);
    }
    return true;
  }

  private copy(fields: Int32Array, length: number): void {
    while (this.spans.length < length) this.grow();
    for (let i = 0; i < length; i += 4) {
      for (let k = i; k < i + 4; k++) this.spans[k] = fields[k] as number;
      this.lengths |= 1 << (((fields[i + 1] as number) - (fields[i] as number) - 2) & 31);
    }
    this.length = length;
  }

  private takeLine(bytes: Buffer, from: number, end: number): number {
    if (bytes[from] !== 123) return -1;
    const { spans, length: at } = this;
    spans.fill(0, at, at + 4);
    let i = skipSpace(bytes, from + 1, end);
    while (i < end && bytes[i] === 34) {
      const memberStart = i + 1;
      i = skipString(bytes, memberStart, end);
      if (i < 0) return -1;
      const slot = slotOf(bytes, memberStart, i - 1);
      if (slot < 0) return -1;
      i = skipSpace(bytes, i, end);
      if (bytes[i] !== 58) return -1;
      i = skipSpace(bytes, i + 1, end);
      const valueStart = i;
      i = skipValue(bytes, i, end);
      if (i < 0) return -1;
      if (slot < 4) {
        if (bytes[valueStart] !== 34 || spans[at + slot] !== 0) return -1;
        spans[at + slot] = valueStart;
        spans[at + slot + 1] = i;
      }
      i = skipSpace(bytes, i, end);
      if (bytes[i] === 44) i = skipSpace(bytes, i + 1, end);
    }
    const [nameStart, nameEnd] = [spans[at] as number, spans[at + 1] as number];
    if (bytes[i] !== 125 || nameStart === 0 || spans[at + 2] === 0 || hasEscape(bytes, nameStart, nameEnd)) return -1;
    this.lengths |= 1 << ((nameEnd - nameStart - 2) & 31);
    this.length += 4;
    return i + 1;
  }

  private grow(): void {
    const { spans } = this;
    this.spans = new Int32Array(2 * spans.length);
    this.spans.set(spans);
  }
}

/** ASCII names, any casing. */
function sameName(bytes: Buffer, start: number, name: string): boolean {
  for (let i = 0; i < name.length; i++) {
    if (!isSameLetter(bytes[start + i] as number, name.charCodeAt(i))) return false;
  }
  return true;
}

/** In a field's name only ASCII letters have two cases. */
export function isSameLetter(own: number, asked: number): boolean {
  return own === asked || (asked <= 127 && lower(own) === lower(asked));
}

function lower(code: number): number {
  return code >= 65 && code <= 90 ? code + 32 : code;
}

/** 0 for "name", 2 for "value", 4 for any other member, -1 for one that only decoding can tell. */
function slotOf(bytes: Buffer, start: number, end: number): number {
  const length = end - start;
  if (length === 4 && bytes[start] === 110 && bytes[start + 1] === 97 && bytes[start + 2] === 109 && bytes[start + 3] === 101) return 0;
  if (
    length === 5 &&
    bytes[start] === 118 &&
    bytes[start + 1] === 97 &&
    bytes[start + 2] === 108 &&
    bytes[start + 3] === 117 &&
    bytes[start + 4] === 101
  )
    return 2;
  return hasEscape(bytes, start, end) ? -1 : 4;
}

function hasEscape(bytes: Buffer, start: number, end: number): boolean {
  for (let i = start; i < end; i++) if (bytes[i] === 92) return true;
  return false;
}
