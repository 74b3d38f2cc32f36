import type { ScanSpace } from "../scanner/scan-space.ts";
import { type Field, fieldPaths } from "./entry-fields.ts";
import { decodeString } from "./json-bytes.ts";
import { readNumber } from "./json-number.ts";

/** One entry's parts, decoded when asked for. Only while it is the entry's turn: later its bytes are gone. */
export interface EntryParts {
  /** The value as JSON; undefined where absent or not JSON after all. */
  value(field: Field): unknown;
  /** The value where it is a string. */
  text(field: Field): string | undefined;
  isText(field: Field): boolean;
  /** Is the member there, null or not? */
  has(field: Field): boolean;
  /** What stands there, without decoding it. */
  kind(field: Field): Kind;
  /** The raw bytes of the value; undefined where absent, or where only the decoded value is at hand. */
  raw(field: Field): RawValue | undefined;
  /** What was cut off because the entry is huge. */
  readonly cut: ReadonlySet<Field>;
  /** Ends the entry's turn. */
  end(): void;
}

export type Kind = "absent" | "null" | "object" | "other";

/** Bytes of a value in a window: valid only for the moment. */
export interface RawValue {
  readonly bytes: Buffer;
  readonly start: number;
  readonly end: number;
  /** What looks through the bytes, where they are a window's. */
  readonly space?: ScanSpace | undefined;
}

const nothingCut: ReadonlySet<Field> = new Set();

/** The parts as spans of bytes. */
export class SpanParts implements EntryParts {
  readonly cut: ReadonlySet<Field>;
  private bytes: Buffer | undefined;
  private readonly spans: Int32Array;
  private readonly space: ScanSpace | undefined;

  constructor(bytes: Buffer, spans: Int32Array, cut: ReadonlySet<Field> = nothingCut, space?: ScanSpace) {
    this.bytes = bytes;
    this.spans = spans;
    this.cut = cut;
    this.space = space;
  }

  value(field: Field): unknown {
    const bytes = live(this.bytes);
    const start = this.spans[2 * field] as number;
    if (start === 0) return undefined;
    const end = this.spans[2 * field + 1] as number;
    switch (bytes[start]) {
      case 34:
        return decodeString(bytes, start, end);
      // The scanner has spelled them.
      case 110:
        return null;
      case 116:
        return true;
      case 102:
        return false;
    }
    const number = readNumber(bytes, start, end);
    if (number >= 0) return number;
    try {
      return JSON.parse(bytes.toString("utf8", start, end));
    } catch {
      return undefined;
    }
  }

  text(field: Field): string | undefined {
    const bytes = live(this.bytes);
    const start = this.spans[2 * field] as number;
    return start !== 0 && bytes[start] === 34 ? decodeString(bytes, start, this.spans[2 * field + 1] as number) : undefined;
  }

  isText(field: Field): boolean {
    const bytes = live(this.bytes);
    return bytes[this.spans[2 * field] as number] === 34 && this.spans[2 * field] !== 0;
  }

  has(field: Field): boolean {
    live(this.bytes);
    return this.spans[2 * field] !== 0;
  }

  kind(field: Field): Kind {
    if (!this.has(field)) return "absent";
    const first = live(this.bytes)[this.spans[2 * field] as number];
    return first === 123 ? "object" : first === 110 ? "null" : "other";
  }

  raw(field: Field): RawValue | undefined {
    const bytes = live(this.bytes);
    const start = this.spans[2 * field] as number;
    return start === 0 ? undefined : { bytes, start, end: this.spans[2 * field + 1] as number, space: this.space };
  }

  end(): void {
    this.bytes = undefined;
  }
}

/** The parts of an entry that JSON.parse has read. */
export class ParsedParts implements EntryParts {
  readonly cut: ReadonlySet<Field>;
  private entry: { readonly root: unknown } | undefined;

  constructor(root: unknown, cut: ReadonlySet<Field> = nothingCut) {
    this.entry = { root };
    this.cut = cut;
  }

  value(field: Field): unknown {
    let value = live(this.entry).root;
    for (const name of fieldPaths[field] ?? []) {
      if (typeof value !== "object" || value === null || !Object.hasOwn(value, name)) return undefined;
      value = (value as Record<string, unknown>)[name];
    }
    return value;
  }

  text(field: Field): string | undefined {
    const value = this.value(field);
    return typeof value === "string" ? value : undefined;
  }

  isText(field: Field): boolean {
    return typeof this.value(field) === "string";
  }

  has(field: Field): boolean {
    return this.value(field) !== undefined;
  }

  kind(field: Field): Kind {
    const value = this.value(field);
    if (value === undefined) return "absent";
    if (value === null) return "null";
    return typeof value === "object" && !Array.isArray(value) ? "object" : "other";
  }

  raw(): undefined {
    live(this.entry);
    return undefined;
  }

  end(): void {
    this.entry = undefined;
  }
}

function live<T>(held: T | undefined): T {
  if (held === undefined) throw new Error("exchange read after its turn: keep what a rule needs later while it is being judged");
  return held;
}
