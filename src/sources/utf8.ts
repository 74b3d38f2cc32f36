import { isUtf8 } from "node:buffer";

/** The first of some bytes that is not UTF-8, which must be cut at a character's end. */
export function findNotUtf8(bytes: Buffer, start: number, end: number): number | undefined {
  if (isUtf8(bytes.subarray(start, end))) return undefined;
  let good = start;
  let bad = end;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (isUtf8(bytes.subarray(start, wholeCharacters(bytes, start, middle)))) good = middle;
    else bad = middle;
  }
  return wholeCharacters(bytes, start, good);
}

/** The end less a character that may go on. */
export function wholeCharacters(bytes: Buffer, start: number, end: number): number {
  for (let back = 1; back <= 3 && end - back >= start; back++) {
    const byte = bytes[end - back] as number;
    if (byte < 0x80) return end;
    if (byte >= 0xc0) return (byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : 2) > back ? end - back : end;
  }
  return end;
}
