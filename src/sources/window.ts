import { isUtf8 } from "node:buffer";
import type { ByteSource } from "./byte-source.ts";

/** How many bytes a window starts with and may grow to. */
export interface WindowSize {
  readonly start: number;
  readonly limit: number;
}

const usual: WindowSize = { start: 1 << 20, limit: 1 << 22 };

/** The buffer of a window that was closed: a thousand captures in turn need one, not a thousand. */
let spare: Buffer | undefined;

/** A window that moves over a capture's bytes: one buffer, used again and again. */
export class Window {
  readonly bytes: Buffer;
  /** The next byte to read. */
  pos = 0;
  /** After the last byte at hand. */
  end = 0;
  /** Bytes of the capture before `bytes[0]`. */
  base = 0;
  /** No byte will come after `end`. */
  ended = false;
  /** Offset of the first byte that is not UTF-8; undefined = none so far. */
  notUtf8: number | undefined;
  private checked = 0;
  private newlines = 0;
  private counted = 0;
  private readonly source: ByteSource;
  private readonly limit: number;
  /** How much of the buffer is in use. */
  private size: number;
  private readonly countLines: boolean;
  private readonly onChunk: (() => void) | undefined;

  constructor(
    source: ByteSource,
    options: { size?: WindowSize | undefined; countLines?: boolean; onChunk?: (() => void) | undefined } = {},
  ) {
    const size = options.size ?? usual;
    this.source = source;
    // What is never written takes no memory: the buffer need not grow by copies.
    this.bytes = spare?.length === size.limit ? spare : Buffer.allocUnsafeSlow(size.limit);
    spare = undefined;
    this.size = size.start;
    this.limit = size.limit;
    this.countLines = options.countLines ?? false;
    this.onChunk = options.onChunk;
  }

  /** Gives the buffer to the next window. Nothing that was read through this one can be read any more. */
  close(): void {
    spare = this.bytes;
  }

  /** Offset in the capture of an index in the window. */
  offsetOf(index: number): number {
    return this.base + index;
  }

  /** Is the window as large as it may be, and full of bytes that are still needed? */
  get full(): boolean {
    return this.pos <= longestTail && this.end === this.limit;
  }

  /** Drops what lies before `pos`, grows where needed, reads on. False: no byte came, for the capture has ended or the window is full. */
  async more(): Promise<boolean> {
    if (this.ended) return false;
    this.shift();
    if (this.end === this.size) {
      if (this.size >= this.limit) return false;
      this.size = Math.min(this.limit, this.size * 2);
    }
    const count = await this.source.read(this.bytes, this.end, this.size);
    this.end += count;
    if (count === 0) this.ended = true;
    this.checkUtf8();
    this.onChunk?.();
    return count > 0;
  }

  /** What is wrong with the data's end, where it is not the JSON. */
  get failure(): string | undefined {
    return this.source.failure;
  }

  /** Where an index lies, for a fault: the line only where it cannot be found later. */
  placeOf(index: number): { readonly offset: number; readonly line?: number } {
    const offset = this.offsetOf(index);
    return this.countLines ? { offset, line: this.lineAt(index) as number } : { offset };
  }

  /** One-based line of an index in the window; undefined where lines are not counted. */
  lineAt(index: number): number | undefined {
    if (!this.countLines) return undefined;
    this.countTo(index);
    return this.newlines + 1;
  }

  /** Drops what was read, less the beginning of a character whose end is still to come: its UTF-8 is checked whole. */
  private shift(): void {
    const drop = this.notUtf8 === undefined ? Math.min(this.pos, this.checked) : this.pos;
    if (drop === 0) return;
    if (this.countLines) this.countTo(drop);
    this.bytes.copyWithin(0, drop, this.end);
    this.base += drop;
    this.end -= drop;
    this.pos -= drop;
    this.checked -= drop;
    this.counted -= drop;
  }

  private countTo(index: number): void {
    this.newlines += countNewlines(this.bytes, this.counted, index) - countNewlines(this.bytes, index, this.counted);
    this.counted = index;
  }

  private checkUtf8(): void {
    if (this.notUtf8 !== undefined) return;
    const end = this.ended ? this.end : wholeCharacters(this.bytes, this.checked, this.end);
    if (isUtf8(this.bytes.subarray(this.checked, end))) {
      this.checked = end;
      return;
    }
    let good = this.checked;
    let bad = end;
    while (bad - good > 1) {
      const middle = (good + bad) >> 1;
      if (isUtf8(this.bytes.subarray(this.checked, wholeCharacters(this.bytes, this.checked, middle)))) good = middle;
      else bad = middle;
    }
    this.notUtf8 = this.base + wholeCharacters(this.bytes, this.checked, good);
  }
}

/** Bytes of a character that may wait for its end. */
const longestTail = 3;

function countNewlines(bytes: Buffer, from: number, to: number): number {
  let count = 0;
  for (let i = from; i < to; i++) if (bytes[i] === 10) count++;
  return count;
}

/** The end less a character that may go on. */
function wholeCharacters(bytes: Buffer, start: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? end - back : end;
  }
  return end;
}
