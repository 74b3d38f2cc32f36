import type { Headers } from "../model/exchange.ts";
import { F, type Field } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";
import { HeaderIndex } from "./header-index.ts";
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
    const values = this.all(name);
    return values.length === 0 ? undefined : values.length === 1 ? values[0] : values.join(", ");
  }

  all(name: string): readonly string[] {
    if (name.startsWith(":")) return none;
    const raw = this.isOdd ? undefined : this.parts.raw(this.field);
    if (raw !== undefined) {
      const index = indexes[this.field === F.requestHeaders ? 0 : 1];
      if (index.isOf(this, raw)) {
        const values = index.read(raw.bytes, name);
        return values.some((value) => value.includes("\n")) ? values.flatMap(splitRepeats) : values;
      }
      this.isOdd = true;
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

/** Requests' and responses'. */
const indexes = [new HeaderIndex(), new HeaderIndex()] as const;

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
