import { passText, takeFlaw } from "./pass-text.ts";
import { malformedAt } from "./results.ts";
import { beginScalar, ended, stepScalar } from "./scalar.ts";
import type { Skipper } from "./scan-space.ts";
import { growStack } from "./skip-value.ts";

/** What may stand next, outside of strings. */
type Expected = "value" | "value or end" | "name" | "name or end" | "colon" | "comma or end";

/** A value under way: what is open, and whether the next of it follows at once upon a bracket that opened. */
export interface UnderWay {
  readonly closings: Uint8Array<ArrayBuffer>;
  readonly begun: boolean;
}

/** Passes over one JSON value of any size, chunk by chunk. Everything is checked. */
export class ValueSkipper implements Skipper {
  done = false;
  flaw = -1;
  private readonly bytes: Buffer;
  private expected: Expected = "value";
  private inString = false;
  /** Where in a number or a literal; 0 = in none. */
  private scalar = 0;
  /** The brackets that will close what is open. */
  private stack = new Uint8Array(64);
  private depth = 0;
  private readonly lax: boolean;

  /** `lax`: brackets need only balance, whatever stands between them. To find the end of an entry that is broken. */
  constructor(bytes: Buffer, lax: boolean, underWay?: UnderWay) {
    this.bytes = bytes;
    this.lax = lax;
    if (underWay === undefined) return;
    this.stack = underWay.closings;
    this.depth = underWay.closings.length;
    this.expected = underWay.begun ? "value or end" : "value";
  }

  feed(from: number, end: number): number {
    takeFlaw();
    let i = from;
    while (i < end && !this.done) {
      const at = i;
      if (this.inString) i = this.feedString(i, end);
      else if (this.lax) i = this.feedBrackets(i, end);
      else i = this.feedStructure(i, end);
      // An escape whose end is still to come.
      if (i < 0 || i === at) break;
    }
    this.flaw = this.lax ? -1 : takeFlaw();
    return i;
  }

  private feedString(i: number, end: number): number {
    const after = passText(this.bytes, i, end);
    if (after < 0) return -1 - after;
    this.inString = false;
    this.done = this.depth === 0;
    return after;
  }

  /** Up to a string, the end of the value, or of the chunk. */
  private feedStructure(i: number, end: number): number {
    for (; i < end; i++) {
      const byte = this.bytes[i] as number;
      if (this.scalar !== 0) {
        const next = stepScalar(this.scalar, byte);
        if (next === 0) return malformedAt(i);
        this.scalar = next === ended ? 0 : next;
        if (next !== ended) continue;
        this.done = this.depth === 0;
        if (this.done) return i;
      }
      if (byte === 32 || byte === 10 || byte === 13 || byte === 9) continue;
      if (!this.take(byte)) return malformedAt(i);
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

  private feedBrackets(i: number, end: number): number {
    for (; i < end; i++) {
      const byte = this.bytes[i] as number;
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
