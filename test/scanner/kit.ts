import { NEED_MORE } from "../../src/scanner/results.ts";
import type { ScanSpace } from "../../src/scanner/scan-space.ts";
import { ScanSpaces } from "../../src/scanner/scan-spaces.ts";
import { SimdSpace } from "../../src/scanner/simd-space.ts";
import { entryShape } from "../../src/sources/entry-fields.ts";

const spaces = new ScanSpaces(entryShape);
const size = 1 << 21;

/** The two that must agree. */
export const simd = spaces.open(size, false);
export const plain = spaces.open(size, true);
if (!(simd instanceof SimdSpace)) throw new Error("there is no WebAssembly here: nothing would be compared");

/** Bytes that would mislead whoever looks past an end. */
const misleading = '\\"\\"}]{["\u0001:,1';

function lay(space: ScanSpace, bytes: Uint8Array, at: number): void {
  space.bytes.fill(misleading, Math.max(0, at - 64), at + bytes.length + 128);
  space.bytes.set(bytes, at);
}

export interface Seen {
  /** Where the object ends, from its first byte; `-1` = goes on; `break N` = breaks there. */
  readonly after: number | string;
  /** Whether it is sure; undefined where it has not ended. */
  readonly doubtful: boolean | undefined;
  /** Start and end of each field, from the object's first byte; undefined where it has not ended. */
  readonly spans: readonly (readonly [number, number])[] | undefined;
}

/** What a space makes of an object that lies at some index of it, up to `length` bytes. */
export function scan(space: ScanSpace, bytes: Uint8Array, at = 0, length = bytes.length): Seen {
  lay(space, bytes.subarray(0, length), at);
  const after = space.scan(at, at + length);
  if (after < 0) return { after: after === NEED_MORE ? -1 : `break ${-2 - after - at}`, doubtful: undefined, spans: undefined };
  const spans = Array.from({ length: space.spans.length / 2 }, (_, field) => {
    const [start, end] = [space.spans[2 * field] as number, space.spans[2 * field + 1] as number];
    return start === 0 ? ([0, 0] as const) : ([start - at, end - at] as const);
  });
  return { after: after - at, doubtful: space.doubtful, spans };
}

/** What a skipper makes of a value that comes in chunks. */
export function skip(space: ScanSpace, bytes: Uint8Array, chunks: readonly number[], at = 0) {
  lay(space, bytes, at);
  const skipper = space.skip(false);
  let flaw: number | undefined;
  let pos = at;
  let end = at;
  for (let turn = 0; !skipper.done && end < at + bytes.length; turn++) {
    end = Math.min(at + bytes.length, end + (chunks[turn % chunks.length] ?? 1));
    const to = skipper.feed(pos, end);
    if (skipper.flaw >= 0) flaw ??= skipper.flaw - at;
    if (to < 0) return { after: `break ${-2 - to - at}`, flaw };
    pos = to;
  }
  return { after: skipper.done ? pos - at : -1, flaw };
}

export function parse(text: string): { readonly value: unknown } | undefined {
  try {
    return { value: JSON.parse(text) };
  } catch {
    return undefined;
  }
}
