import { endsScalar, growStack, isScalar, outside } from "./json-bytes.ts";

type State = "start" | "string" | "structure" | "scalar" | "done";

/** Passes over one JSON value of any size, chunk by chunk. */
export class ValueSkipper {
  private state: State = "start";
  private depth = 0;
  private stack = new Uint8Array(64);
  private escaped = false;
  private readonly scalar: number[] = [];
  private readonly lax: boolean;

  /** `lax`: brackets need only balance, whatever stands between them. To find the end of an entry that is broken. */
  constructor(lax = false) {
    this.lax = lax;
  }

  get done(): boolean {
    return this.state === "done";
  }

  /** Where a value or a chunk ends; `-1 - index` where the bytes are not JSON. The first byte fed must be the value's own. */
  feed(bytes: Buffer, i: number, end: number): number {
    if (this.state === "start" && i < end) {
      const byte = bytes[i] as number;
      if (byte === 34) {
        this.state = "string";
        i++;
      } else this.state = byte === 123 || byte === 91 ? "structure" : "scalar";
    }
    if (this.state === "scalar") return this.feedScalar(bytes, i, end);
    while (i < end && this.state !== "done") {
      i = this.state === "string" ? this.feedString(bytes, i, end) : this.feedStructure(bytes, i, end);
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
          this.state = this.depth === 0 ? "done" : "structure";
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

  private feedStructure(bytes: Buffer, i: number, end: number): number {
    while (i < end) {
      const byte = bytes[i] as number;
      if (byte === 34) {
        this.state = "string";
        return i + 1;
      }
      if (byte === 123 || byte === 91) {
        if (this.depth === this.stack.length) this.stack = growStack(this.stack);
        this.stack[this.depth++] = byte + 2;
      } else if (byte === 125 || byte === 93) {
        if (this.stack[--this.depth] !== byte && !this.lax) return -1 - i;
        if (this.depth === 0) {
          this.state = "done";
          return i + 1;
        }
      } else if (outside[byte] === 0 && !this.lax) return -1 - i;
      i++;
    }
    return i;
  }

  private feedScalar(bytes: Buffer, i: number, end: number): number {
    const start = i;
    while (i < end) {
      const byte = bytes[i] as number;
      if (endsScalar(byte)) {
        if (!this.lax && !isScalar(Uint8Array.from(this.scalar), 0, this.scalar.length)) return -1 - start;
        this.state = "done";
        return i;
      }
      if (this.scalar.length > 400) return -1 - start;
      this.scalar.push(byte);
      i++;
    }
    return i;
  }
}
