import { growStack } from "./json-bytes.ts";
import { beginScalar, endsScalar, stepScalar } from "./json-scalar.ts";

/** What may stand next, outside of strings. */
type Expected = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end";

/** Passes over one JSON value of any size, chunk by chunk. Everything outside of strings is checked. */
export class ValueSkipper {
  done = false;
  private expected: Expected = "value";
  private inString = false;
  /** Within a string, the next byte is escaped. */
  private escaped = false;
  /** Where in a number or a literal; 0 = in none. */
  private scalar = 0;
  /** The brackets that will close what is open. */
  private stack = new Uint8Array(64);
  private depth = 0;
  private readonly lax: boolean;

  /** `lax`: brackets need only balance, whatever stands between them. To find the end of an entry that is broken. */
  constructor(lax = false) {
    this.lax = lax;
  }

  /** Where a value or a chunk ends; `-1 - index` where the bytes are not JSON. The first byte fed must be the value's own. */
  feed(bytes: Buffer, i: number, end: number): number {
    while (i < end && !this.done) {
      if (this.inString) i = this.feedString(bytes, i, end);
      else if (this.lax) i = this.feedBrackets(bytes, i, end);
      else i = this.feedStructure(bytes, i, end);
      if (i < 0) return i;
    }
    return i;
  }

  private feedString(bytes: Buffer, i: number, end: number): number {
    if (this.escaped) {
      this.escaped = false;
      i++;
    }
    let near = Math.min(end, i + 64);
    for (;;) {
      while (i < near) {
        const byte = bytes[i];
        if (byte === 34) {
          this.inString = false;
          this.done = this.depth === 0;
          return i + 1;
        }
        if (byte === 92) {
          if (i + 1 >= end) {
            this.escaped = true;
            return end;
          }
          i += 2;
          near = Math.min(end, i + 64);
        } else i++;
      }
      if (i >= end) return end;
      const found = bytes.indexOf(34, i);
      const stop = found < 0 || found >= end ? end : found;
      let before = stop - 1;
      while (before >= i && bytes[before] === 92) before--;
      const odd = ((stop - before) & 1) === 0;
      if (stop === end) {
        this.escaped = odd;
        return end;
      }
      i = odd ? stop + 1 : stop;
      near = Math.min(end, i + 64);
    }
  }

  /** Up to a string, the end of the value, or of the chunk. */
  private feedStructure(bytes: Buffer, i: number, end: number): number {
    for (; i < end; i++) {
      const byte = bytes[i] as number;
      if (this.scalar !== 0) {
        const next = stepScalar(this.scalar, byte);
        if (next === 0 && !endsScalar(this.scalar, byte)) return -1 - i;
        this.scalar = next;
        if (next !== 0) continue;
        this.done = this.depth === 0;
        if (this.done) return i;
      }
      if (byte === 32 || byte === 10 || byte === 13 || byte === 9) continue;
      if (!this.take(byte)) return -1 - i;
      if (this.inString || this.done) return i + 1;
    }
    return i;
  }

  /** Takes a byte that is neither white space nor within a string or a scalar; false where it may not stand here. */
  private take(byte: number): boolean {
    const { expected } = this;
    switch (byte) {
      case 34:
        if (expected === "colon" || expected === "comma or end") return false;
        this.inString = true;
        this.expected = expected === "name" || expected === "name or end" ? "colon" : "comma or end";
        return true;
      case 44:
        this.expected = this.stack[this.depth - 1] === 125 ? "name" : "value";
        return expected === "comma or end";
      case 58:
        this.expected = "value";
        return expected === "colon";
      case 93:
      case 125:
        this.expected = "comma or end";
        return expected !== "value" && expected !== "name" && expected !== "colon" && this.close(byte);
      default:
        if (expected !== "value" && expected !== "value or end") return false;
        if (byte === 123 || byte === 91) this.open(byte);
        else {
          this.scalar = stepScalar(beginScalar, byte);
          this.expected = "comma or end";
        }
        return byte === 123 || byte === 91 || this.scalar !== 0;
    }
  }

  private feedBrackets(bytes: Buffer, i: number, end: number): number {
    for (; i < end; i++) {
      const byte = bytes[i] as number;
      if (byte === 34) this.inString = true;
      else if (byte === 123 || byte === 91) this.open(byte);
      else if (byte === 125 || byte === 93) this.close(byte);
      if (this.inString || this.done) return i + 1;
    }
    return i;
  }

  private open(byte: number): void {
    if (this.depth === this.stack.length) this.stack = growStack(this.stack);
    this.stack[this.depth++] = byte + 2;
    this.expected = byte === 123 ? "name or end" : "value or end";
  }

  /** Is it the bracket that was due? */
  private close(byte: number): boolean {
    const due = this.stack[--this.depth] === byte;
    this.done = this.depth === 0;
    return due;
  }
}
