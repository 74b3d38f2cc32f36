import { entryShape, fieldPaths, findKnown, type Shape } from "./entry-fields.ts";
import { malformedAt, NEED_MORE, skipSpace, skipString, skipValue } from "./json-bytes.ts";

/**
 * Finds the parts of one entry in a window of bytes. The plain one is below; a faster one may stand behind the same interface.
 * A scan either reaches the entry's end or leaves nothing behind: with more bytes it starts again.
 */
export interface EntryScanner {
  /** Start and end of each field's value, quotes included; a start of 0 = absent. Valid until the next scan. */
  readonly spans: Int32Array;
  /** An escaped or repeated member name: only JSON.parse of the whole entry is sure to read it right. */
  readonly doubtful: boolean;
  /** From the entry's "{" to after its "}"; NEED_MORE, or at or below MALFORMED (see `breakOf`). */
  scan(bytes: Buffer, from: number, to: number): number;
}

/** The scanner in plain TypeScript. */
export function createScanner(): EntryScanner {
  return new PlainScanner();
}

class PlainScanner implements EntryScanner {
  readonly spans = new Int32Array(2 * fieldPaths.length);
  doubtful = false;

  scan(bytes: Buffer, from: number, to: number): number {
    this.spans.fill(0);
    this.doubtful = false;
    return this.scanObject(bytes, from, to, entryShape);
  }

  private scanObject(bytes: Buffer, from: number, end: number, shape: Shape): number {
    let i = skipSpace(bytes, from + 1, end);
    if (i < end && bytes[i] === 125) return i + 1;
    for (;;) {
      if (i >= end) return NEED_MORE;
      if (bytes[i] !== 34) return malformedAt(i);
      const nameStart = ++i;
      while (i < end && bytes[i] !== 34 && bytes[i] !== 92) i++;
      if (i >= end) return NEED_MORE;
      let known: ReturnType<typeof findKnown>;
      if (bytes[i] === 34) known = findKnown(shape, bytes, nameStart, i++);
      else {
        this.doubtful = true;
        i = skipString(bytes, i, end);
        if (i < 0) return NEED_MORE;
      }
      i = skipSpace(bytes, i, end);
      if (i >= end) return NEED_MORE;
      if (bytes[i] !== 58) return malformedAt(i);
      i = skipSpace(bytes, i + 1, end);
      if (i >= end) return NEED_MORE;
      if (known === undefined) i = skipValue(bytes, i, end);
      else {
        const at = 2 * known.field;
        if (this.spans[at] !== 0) this.doubtful = true;
        this.spans[at] = i;
        i = known.shape !== undefined && bytes[i] === 123 ? this.scanObject(bytes, i, end, known.shape) : skipValue(bytes, i, end);
        this.spans[at + 1] = i;
      }
      if (i < 0) return i;
      i = skipSpace(bytes, i, end);
      if (i >= end) return NEED_MORE;
      const byte = bytes[i];
      if (byte === 125) return i + 1;
      if (byte !== 44) return malformedAt(i);
      i = skipSpace(bytes, i + 1, end);
    }
  }
}
