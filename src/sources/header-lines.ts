import type { Headers } from "../model/exchange.ts";
import { F, type Field } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";
import { HeaderIndex, isSameLetter } from "./header-index.ts";
import { textOf } from "./odd-value.ts";

type Line = readonly [name: string, value: string];

/** Header fields of a HAR list. A name is looked up in the bytes; values are decoded when asked for. */
export class HeaderLines implements Headers {
  private readonly parts: EntryParts;
  private readonly field: Field;
  /** Where the lines stand, as long as no other list is asked. */
  private readonly index: HeaderIndex;
  private decoded: readonly Line[] | undefined;
  /** The list is not as plain as an index needs it. */
  private isOdd = false;

  constructor(parts: EntryParts, field: Field) {
    this.parts = parts;
    this.field = field;
    this.index = field === F.requestHeaders ? requestIndex : responseIndex;
  }

  get(name: string): string | undefined {
    const only = name.startsWith(":") || !this.isIndexed() ? null : this.index.readOnly(name);
    if (only === undefined || (only !== null && !only.includes("\n"))) return only;
    const values = this.all(name);
    return values.length === 0 ? undefined : values.length === 1 ? values[0] : values.join(", ");
  }

  all(name: string): readonly string[] {
    if (name.startsWith(":")) return none;
    if (this.isIndexed()) {
      const values = this.index.read(name);
      for (const value of values) if (value.includes("\n")) return values.flatMap(splitRepeats);
      return values;
    }
    return this.lines().flatMap(([own, value]) => (isSameName(own, name) ? [value] : []));
  }

  /** Has the index be of this list; false where that is not there, or too odd for one. */
  private isIndexed(): boolean {
    // Which says as well whether it is still the entry's turn.
    if (!this.parts.has(this.field) || this.isOdd) return false;
    if (this.index.isOf(this)) return true;
    const raw = this.parts.raw(this.field);
    this.isOdd = raw !== undefined && !this.index.take(this, raw);
    return raw !== undefined && !this.isOdd;
  }

  lines(): readonly Line[] {
    this.decoded ??= this.decode();
    return this.decoded;
  }

  private decode(): readonly Line[] {
    if (!this.isIndexed()) return listLines(this.parts.value(this.field));
    const lines: Line[] = [];
    for (let line = 0; line < this.index.count; line++) addLine(lines, this.index.nameOf(line), this.index.valueOf(line));
    return lines;
  }
}

const none: readonly string[] = [];

const requestIndex = new HeaderIndex();
const responseIndex = new HeaderIndex();

/** As the index has it: only ASCII letters have two cases. */
function isSameName(own: string, name: string): boolean {
  if (own.length !== name.length) return false;
  for (let i = 0; i < own.length; i++) {
    if (!isSameLetter(own.charCodeAt(i), name.charCodeAt(i))) return false;
  }
  return true;
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
  if (typeof value === "string" && !value.includes("\n")) {
    lines.push([name, value]);
    return;
  }
  for (const line of Array.isArray(value) ? value : [value]) for (const one of splitRepeats(textOf(line))) lines.push([name, one]);
}

/** Some tools join repeated fields by newlines. */
function splitRepeats(value: string): string[] {
  return value.includes("\n") ? value.split(/\r?\n/).filter((line) => line !== "") : [value];
}
