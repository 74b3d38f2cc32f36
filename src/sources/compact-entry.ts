import type { Walk } from "./cut.ts";
import { bodyFields, entryShape, type Field, type Shape } from "./entry-fields.ts";
import { passValue, type Sink, walkMembers } from "./walk.ts";
import type { Window } from "./window.ts";

/** What is kept of a huge entry. */
export interface CompactEntry {
  readonly bytes: Buffer;
  /** Bodies of which only the beginning was kept. */
  readonly cut: ReadonlySet<Field>;
}

/** Bytes kept of a body, and of anything else that is kept. */
const longestBody = 8 << 20;
const longestOther = 1 << 20;

/** Room for two cut bodies and what stands around them; what is never written takes no memory. */
export function makeRoom(): Buffer {
  return Buffer.allocUnsafeSlow(2 * longestBody + 2 * longestOther);
}

/** Copies the known parts of an entry of any size into a small one, in `room` where they fit; the rest is passed over. The window stands on its "{". */
export function* compactEntry(window: Window, room: Buffer): Walk<CompactEntry> {
  const copy = new Copy(room);
  yield* copyObject(window, copy, entryShape);
  return { bytes: copy.take(), cut: copy.cut };
}

function* copyObject(window: Window, copy: Copy, shape: Shape): Walk {
  copy.write("{");
  let first = true;
  yield* walkMembers(window, function* (name) {
    const known = name === undefined ? undefined : shape.names.get(name);
    if (known === undefined) {
      yield* passValue(window);
      return;
    }
    copy.write(`${first ? "" : ","}"${known.name}":`);
    first = false;
    if (known.shape !== undefined && window.bytes[window.pos] === 123) yield* copyObject(window, copy, known.shape);
    else {
      const isText = bodyFields.has(known.field) && window.bytes[window.pos] === 34;
      copy.begin(isText ? longestBody : longestOther);
      yield* passValue(window, copy);
      if (copy.overflowed) {
        if (isText) {
          copy.closeString();
          copy.cut.add(known.field);
        } else copy.replace("null");
      }
    }
  });
  copy.write("}");
}

class Copy implements Sink {
  readonly cut = new Set<Field>();
  overflowed = false;
  private bytes: Buffer;
  private length = 0;
  private start = 0;
  private limit = 0;

  constructor(room: Buffer) {
    this.bytes = room;
  }

  write(text: string): void {
    this.reserve(text.length);
    this.length += this.bytes.write(text, this.length, "latin1");
  }

  /** A value begins, of which at most `limit` bytes are kept. */
  begin(limit: number): void {
    this.start = this.length;
    this.limit = limit;
    this.overflowed = false;
  }

  add(bytes: Buffer, from: number, to: number): void {
    const room = this.limit - (this.length - this.start);
    const count = Math.min(room, to - from);
    if (count < to - from) this.overflowed = true;
    this.reserve(count);
    bytes.copy(this.bytes, this.length, from, from + count);
    this.length += count;
  }

  replace(text: string): void {
    this.length = this.start;
    this.write(text);
  }

  /** Ends a string that was cut, between two of its characters. */
  closeString(): void {
    this.length = lastBoundary(this.bytes, this.start + 1, this.length);
    this.write('"');
  }

  take(): Buffer {
    return this.bytes.subarray(0, this.length);
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const grown = Buffer.allocUnsafeSlow(Math.max(this.length + count, this.bytes.length * 2));
    this.bytes.copy(grown, 0, 0, this.length);
    this.bytes = grown;
  }
}

/** The last index at or before `end` that splits neither an escape nor a UTF-8 sequence. */
function lastBoundary(bytes: Buffer, start: number, end: number): number {
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
