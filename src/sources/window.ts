import type { ScanSpace } from "../scanner/scan-space.ts";
import { ScanSpaces } from "../scanner/scan-spaces.ts";
import type { ByteSource } from "./byte-source.ts";
import { entryShape } from "./entry-fields.ts";
import { findNotUtf8, wholeCharacters } from "./utf8.ts";

/** Where something stands in a capture. */
export interface Place {
  readonly offset: number;
  /** One-based. */
  readonly line: number;
}

/** How many bytes a window takes at a time, and how many it may hold. */
export interface WindowSize {
  readonly chunk: number;
  readonly limit: number;
}

const usual: WindowSize = { chunk: 1 << 19, limit: 1 << 22 };

const spaces = new ScanSpaces(entryShape);

/** Bytes on their way into the window. */
interface Reading {
  readonly at: number;
  readonly count: Promise<number>;
}

/**
 * A window that moves over a capture's bytes: one buffer, used again and again. Two chunks take turns: while one is looked through, the other is
 * being read, each into its own place; what is left of the one is copied before the next, where there is room for it. What is larger than that
 * room grows at its end instead, chunk by chunk.
 */
export class Window {
  readonly bytes: Buffer;
  /** What looks through the bytes. */
  readonly space: ScanSpace;
  /** The next byte to read. */
  pos: number;
  /** After the last byte at hand. */
  end: number;
  /** No byte will come after `end`. */
  ended = false;
  /** The first byte that is not UTF-8; undefined = none so far. */
  notUtf8: Place | undefined;
  /** The first byte that no string may hold, among values passed over since this was last undone. */
  flaw: (Place & { readonly byte: number }) | undefined;
  /** Bytes of the capture before `bytes[0]`. */
  private base: number;
  private checked: number;
  private newlines = 0;
  private counted: number;
  private reading: Reading | undefined;
  private readonly source: ByteSource;
  private readonly chunk: number;
  private readonly limit: number;
  /** Where the first of the two chunks begins, and where the second ends. */
  private readonly first: number;
  private readonly last: number;
  private readonly onChunk: (() => void) | undefined;

  constructor(
    source: ByteSource,
    options: { size?: WindowSize | undefined; plain?: boolean | undefined; onChunk?: (() => void) | undefined } = {},
  ) {
    const { chunk, limit } = options.size ?? usual;
    this.source = source;
    this.space = spaces.open(limit, options.plain);
    this.bytes = this.space.bytes;
    this.chunk = chunk;
    this.limit = limit;
    // A small window holds one chunk after the other.
    this.first = limit < 4 * chunk ? 0 : chunk;
    this.last = 3 * this.first;
    this.pos = this.end = this.checked = this.counted = this.first;
    this.base = -this.first;
    this.onChunk = options.onChunk;
  }

  /** Gives the bytes to the next window. Nothing that was read through this one can be read any more. */
  close(): void {
    const free = () => spaces.close(this.space);
    if (this.reading === undefined) free();
    else this.reading.count.then(free, free);
  }

  /** Offset in the capture of an index in the window. */
  offsetOf(index: number): number {
    return this.base + index;
  }

  /** Passes over what was read, up to an index, and reads on where that made room. */
  moveTo(index: number): void {
    this.pos = index;
    if (this.reading === undefined) this.readAhead();
  }

  /** Drops what lies before `pos` and waits for more. False: no byte came, for the capture has ended or the window is full. */
  async more(): Promise<boolean> {
    if (this.ended) return false;
    const reading = this.reading ?? this.makeRoom();
    if (reading === undefined) return false;
    this.reading = reading;
    const count = await reading.count;
    this.reading = undefined;
    this.attach(reading.at, count);
    if (count === 0) this.ended = true;
    this.checkUtf8();
    this.onChunk?.();
    this.readAhead();
    return count > 0;
  }

  /** What is wrong with the data's end, where it is not the JSON. */
  get failure(): string | undefined {
    return this.source.failure;
  }

  /** Where an index lies, for a fault. */
  placeOf(index: number): Place {
    return { offset: this.offsetOf(index), line: this.lineAt(index) };
  }

  /** Notes a byte that no string may hold. */
  noteFlaw(index: number): void {
    this.flaw ??= { ...this.placeOf(index), byte: this.bytes[index] as number };
  }

  /** One-based line of an index in the window. */
  lineAt(index: number): number {
    if (index >= this.counted) this.newlines += this.space.countNewlines(this.counted, index);
    else this.newlines -= this.space.countNewlines(index, this.counted);
    this.counted = index;
    return this.newlines + 1;
  }

  /** The first byte still needed: what was read goes, less the beginning of a character whose UTF-8 is checked whole. */
  private get kept(): number {
    return this.notUtf8 === undefined ? Math.min(this.pos, this.checked) : this.pos;
  }

  /** Reads the next chunk where it does not overwrite what is needed, and could be copied to the end if that should be needed whole. */
  private readAhead(): void {
    if (this.ended || this.first === 0) return;
    if (this.end + this.chunk <= this.last) this.reading = this.read(this.end);
    else if (this.kept >= this.first + this.chunk && this.end + this.chunk <= this.limit) {
      // Lines that will be overwritten are counted before.
      this.lineAt(this.kept);
      this.reading = this.read(this.first);
    }
  }

  /** Begins to read where there is room, or can be made; undefined where the window is full of bytes that are needed. */
  private makeRoom(): Reading | undefined {
    if (this.end + this.chunk <= this.last) return this.read(this.end);
    if (this.end - this.kept <= this.first) this.move(this.first);
    else if (this.end + this.chunk > this.limit) this.move(this.end - this.kept);
    return this.end < this.limit ? this.read(this.end) : undefined;
  }

  private read(at: number): Reading {
    const count = this.source.read(this.bytes, at, Math.min(this.limit, at + this.chunk));
    // Its failure is told to whoever waits for it.
    count.catch(() => undefined);
    return { at, count };
  }

  private attach(at: number, count: number): void {
    if (at !== this.end) {
      if (this.end - this.kept <= at) this.move(at);
      else this.bytes.copyWithin(this.end, at, at + count);
    }
    this.end += count;
  }

  /** Moves what is needed so that it ends at `to`. */
  private move(to: number): void {
    const from = this.kept;
    this.lineAt(from);
    const by = this.end - to;
    this.bytes.copyWithin(from - by, from, this.end);
    this.base += by;
    this.end -= by;
    this.pos -= by;
    this.checked -= by;
    this.counted -= by;
  }

  private checkUtf8(): void {
    if (this.notUtf8 !== undefined) return;
    const end = this.ended ? this.end : wholeCharacters(this.bytes, this.checked, this.end);
    const bad = findNotUtf8(this.bytes, this.checked, end);
    if (bad === undefined) this.checked = end;
    else this.notUtf8 = this.placeOf(bad);
  }
}
