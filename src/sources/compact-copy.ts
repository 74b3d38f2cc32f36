import type { Field } from "./entry-fields.ts";
import type { Sink } from "./walk.ts";

/** Bytes kept of a body, and of everything else together. */
const longestBody = 8 << 20;
const longestOthers = 8 << 20;

/** Room for two bodies, what stands around them, and their names; what is never written takes no memory. */
export function makeRoom(): Buffer {
  return Buffer.allocUnsafeSlow(2 * longestBody + longestOthers + (1 << 16));
}

/** Where a member was written, its comma included. */
export interface Written {
  start: number;
  end: number;
  /** Bytes of it that count against what others may take. */
  readonly others: number;
}

/** A small copy of a huge entry, in a room that is never outgrown: bodies and the rest are bounded, and a member that is repeated is taken back. */
export class CompactCopy implements Sink {
  /** Bodies of which only the beginning is there. */
  readonly cut = new Set<Field>();
  /** Parts that are not there, for there was no room. */
  readonly lost = new Set<Field>();
  length = 0;
  /** Bytes written that are no bodies. */
  others = 0;
  private overflowed = false;
  private start = 0;
  private limit = 0;
  private readonly room: Buffer;

  constructor(room: Buffer) {
    this.room = room;
  }

  /** Names and brackets, which are few. */
  write(text: string): void {
    this.length += this.room.write(text, this.length, "latin1");
  }

  closeObject(): void {
    if (this.room[this.length - 1] === 44) this.length--;
    this.write("}");
  }

  begin(isBody: boolean): void {
    this.start = this.length;
    this.limit = isBody ? longestBody : longestOthers - this.others;
    this.overflowed = false;
  }

  add(bytes: Buffer, from: number, to: number): void {
    const count = Math.max(0, Math.min(this.limit - (this.length - this.start), to - from));
    if (count < to - from) this.overflowed = true;
    bytes.copy(this.room, this.length, from, from + count);
    this.length += count;
  }

  finish(field: Field, isBody: boolean): void {
    if (this.overflowed) {
      if (isBody) {
        this.length = lastBoundary(this.room, this.start + 1, this.length);
        this.write('"');
        this.cut.add(field);
      } else {
        this.length = this.start;
        this.write("null");
        this.lost.add(field);
      }
    }
    if (!isBody) this.others += this.length - this.start;
  }

  /** Takes a member back: the last of several counts, as with JSON.parse. */
  remove({ start, end, others }: Written): void {
    this.room.copyWithin(start, end, this.length);
    this.length -= end - start;
    this.others -= others;
  }

  take(): Buffer {
    return this.room.subarray(0, this.length);
  }
}

/** The last index at or before `end` that splits neither an escape nor a UTF-8 sequence. */
export function lastBoundary(bytes: Buffer, start: number, end: number): number {
  const slash = bytes.lastIndexOf(92, end - 1);
  if (slash >= start && slash >= end - 6) {
    let run = slash;
    while (run > start && bytes[run - 1] === 92) run--;
    // An odd run's last backslash begins an escape, which may be incomplete.
    if (((slash - run) & 1) === 0) return slash;
  }
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return end - back;
  }
  return end;
}
