import { takeFlaw } from "./pass-text.ts";
import { malformedAt, NEED_MORE } from "./results.ts";
import type { Scan } from "./scan-space.ts";
import { countFields, findKnown, type Shape } from "./shape.ts";
import { skipSpace, skipString, skipValue } from "./skip-value.ts";

/** Scans objects in plain TypeScript: where there is no other, and where a result is held against another. */
export class PlainScanner implements Scan {
  readonly spans: Int32Array;
  doubtful = false;
  flaw = -1;
  private readonly shape: Shape;

  constructor(shape: Shape) {
    this.shape = shape;
    this.spans = new Int32Array(2 * countFields(shape));
  }

  scan(bytes: Buffer, from: number, to: number): number {
    this.spans.fill(0);
    this.doubtful = false;
    takeFlaw();
    const after = this.scanObject(bytes, from, to, this.shape);
    this.flaw = takeFlaw();
    if (this.flaw >= 0) this.doubtful = true;
    return after;
  }

  private scanObject(bytes: Buffer, from: number, end: number, shape: Shape): number {
    let i = skipSpace(bytes, from + 1, end);
    if (i < end && bytes[i] === 125) return i + 1;
    for (;;) {
      if (i >= end) return NEED_MORE;
      if (bytes[i] !== 34) return malformedAt(i);
      const nameStart = ++i;
      while (i < end && bytes[i] !== 34 && bytes[i] !== 92 && (bytes[i] as number) >= 32) i++;
      if (i >= end) return NEED_MORE;
      let known: ReturnType<typeof findKnown>;
      if (bytes[i] === 34) known = findKnown(shape, bytes, nameStart, i++);
      else {
        this.doubtful = true;
        i = skipString(bytes, i, end);
        if (i < 0) return i;
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
