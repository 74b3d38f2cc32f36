import type { Headers } from "../model/exchange.ts";
import { F, type Field } from "./entry-fields.ts";
import type { EntryParts, RawValue } from "./entry-parts.ts";
import { HeaderIndex, isSameLetter } from "./header-index.ts";
import { textOf } from "./odd-value.ts";

type Line = readonly [name: string, value: string];

/** Header fields of a HAR list. A name is looked up in the bytes; values are decoded when asked for. */
export class HeaderLines implements Headers {
  private readonly parts: EntryParts;
  private readonly field: Field;
  private decoded: readonly Line[] | undefined;
  /** The list is not as plain as an index needs it. */
  private isOdd = false;

  constructor(parts: EntryParts, field: Field) {
    this.parts = parts;
    this.field = field;
  }

  get(name: string): string | undefined {
    const raw = this.indexed();
    const only = raw === undefined || name.startsWith(":") ? null : this.index.readOnly(raw.bytes, name);
    if (only === undefined || (only !== null && !only.includes("\n"))) return only;
    const values = this.all(name);
    return values.length === 0 ? undefined : values.length === 1 ? values[0] : values.join(", ");
  }

  all(name: string): readonly string[] {
    if (name.startsWith(":")) return none;
    const raw = this.indexed();
    if (raw !== undefined) {
      const values = this.index.read(raw.bytes, name);
      for (const value of values) if (value.includes("\n")) return values.flatMap(splitRepeats);
      return values;
    }
    return this.lines().flatMap(([own, value]) => (isSameName(own, name) ? [value] : []));
  }

  /** The bytes, once the index is of this list; undefined where it is too odd for one. */
  private indexed(): RawValue | undefined {
    const raw = this.isOdd ? undefined : this.parts.raw(this.field);
    if (raw === undefined || this.index.isOf(this, raw)) return raw;
    this.isOdd = true;
    return undefined;
  }

  private get index(): HeaderIndex {
    return this.field === F.requestHeaders ? requestIndex : responseIndex;
  }

  lines(): readonly Line[] {
    this.decoded ??= this.decode();
    return this.decoded;
  }

  private decode(): readonly Line[] {
    const raw = this.indexed();
    if (raw === undefined) return listLines(this.parts.value(this.field));
    const lines: Line[] = [];
    for (let line = 0; line < this.index.count; line++)
      addLine(lines, this.index.nameOf(raw.bytes, line), this.index.valueOf(raw.bytes, line));
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
