import { beginScalar, endsScalar, inLiteral, stepScalar } from "./json-scalar.ts";

/** The value goes on past the bytes at hand. */
export const NEED_MORE = -1;
/** The bytes are not JSON; `-value - 2` is where. */
const MALFORMED = -2;

/** Encodes where JSON breaks as a negative result. */
export function malformedAt(index: number): number {
  return MALFORMED - index;
}

/** Where JSON breaks, from a result at or below `MALFORMED`. */
export function breakOf(result: number): number {
  return MALFORMED - result;
}

const quote = 34;
const backslash = 92;
/** A native search costs as much as looking at so many bytes, four at a time. */
const nearby = 192;

/** The first index at or after `i` that is not white space. */
export function skipSpace(bytes: Uint8Array, i: number, end: number): number {
  while (i < end) {
    const byte = bytes[i] as number;
    // Mostly there is none: one comparison tells.
    if (byte > 32 || (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9)) break;
    i++;
  }
  return i;
}

/** The buffer last looked at, and its bytes four by four. */
let viewed: Buffer | undefined;
let words: Int32Array = new Int32Array(0);

/** The test of four bytes at once finds the first of them only where it is the lowest. */
const littleEndian = new Uint8Array(Uint32Array.of(1).buffer)[0] === 1;

function view(bytes: Buffer): void {
  viewed = bytes;
  words =
    littleEndian && (bytes.byteOffset & 3) === 0 ? new Int32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2) : new Int32Array(0);
}

/** Forgets the buffer last looked at, so that it can be freed. */
export function forgetView(): void {
  viewed = undefined;
  words = new Int32Array(0);
}

/**
 * Sets the high bit of a byte where one of four is a quote or a backslash: the usual test for a zero byte, after an exclusive or.
 * Bits above the first that is set may be wrong.
 */
function mark(four: number): number {
  const quotes = four ^ 0x22222222;
  const slashes = four ^ 0x5c5c5c5c;
  return (((quotes - 0x01010101) & ~quotes) | ((slashes - 0x01010101) & ~slashes)) & 0x80808080;
}

/** From after the opening quote to after the closing one, or NEED_MORE. */
export function skipString(bytes: Buffer, i: number, end: number): number {
  if (bytes !== viewed) view(bytes);
  const all = words;
  const whole = Math.min(end >> 2, all.length);
  // Texts full of escapes (JSON in a string) are looked through, plain ones jumped over.
  let near = (i + nearby) >> 2;
  while (i < end) {
    let word = i >> 2;
    if (word >= whole) {
      const byte = bytes[i];
      if (byte === quote) return i + 1;
      i += byte === backslash ? 2 : 1;
      continue;
    }
    // The bytes before `i` do not count.
    let hits = mark(all[word] as number) & (-1 << ((i & 3) << 3));
    const stop = Math.min(near, whole);
    while (hits === 0 && ++word < stop) hits = mark(all[word] as number);
    if (hits !== 0) {
      i = (word << 2) + ((31 - Math.clz32(hits & -hits)) >> 3);
      const byte = bytes[i];
      if (byte === quote) return i + 1;
      if (byte === backslash) {
        i += 2;
        near = (i + nearby) >> 2;
      } else i++;
      continue;
    }
    i = word << 2;
    if (word < near) continue;
    const found = bytes.indexOf(quote, i);
    if (found < 0 || found >= end) return NEED_MORE;
    let before = found - 1;
    while (before >= i && bytes[before] === backslash) before--;
    if (((found - before) & 1) === 1) return found + 1;
    i = found + 1;
    near = (i + nearby) >> 2;
  }
  return NEED_MORE;
}

let stack = new Uint8Array(1 << 12);

/** From a value's first byte to after its last, or a negative result. Everything outside of strings is checked: a comma lost may be an entry lost. */
export function skipValue(bytes: Buffer, i: number, end: number): number {
  let depth = 0;
  for (;;) {
    // A value begins here.
    if (i >= end) return NEED_MORE;
    const byte = bytes[i] as number;
    if (byte === quote) {
      i = skipString(bytes, i + 1, end);
      if (i < 0) return NEED_MORE;
    } else if (byte === 123 || byte === 91) {
      i = skipSpace(bytes, i + 1, end);
      if (i >= end) return NEED_MORE;
      if (bytes[i] === byte + 2) i++;
      else {
        if (depth === stack.length) stack = growStack(stack);
        stack[depth++] = byte + 2;
        if (byte === 123) i = skipName(bytes, i, end);
        if (i < 0) return i;
        continue;
      }
    } else {
      i = skipScalar(bytes, i, end);
      if (i < 0) return i;
    }
    // A value has ended, and with it maybe what it stands in.
    for (;;) {
      if (depth === 0) return i;
      i = skipSpace(bytes, i, end);
      if (i >= end) return NEED_MORE;
      const after = bytes[i];
      const closing = stack[depth - 1];
      if (after === 44) {
        i = skipSpace(bytes, i + 1, end);
        if (closing === 125) i = skipName(bytes, i, end);
        if (i < 0) return i;
        break;
      }
      if (after !== closing) return malformedAt(i);
      depth--;
      i++;
    }
  }
}

/** From a member's name to its value. */
function skipName(bytes: Buffer, i: number, end: number): number {
  if (i >= end) return NEED_MORE;
  if (bytes[i] !== quote) return malformedAt(i);
  i = skipString(bytes, i + 1, end);
  if (i < 0) return NEED_MORE;
  i = skipSpace(bytes, i, end);
  if (i >= end) return NEED_MORE;
  return bytes[i] === 58 ? skipSpace(bytes, i + 1, end) : malformedAt(i);
}

/** Twice the room, same content. */
export function growStack(old: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const grown = new Uint8Array(old.length * 2);
  grown.set(old);
  return grown;
}

/** The first byte that ends it must be seen: the number may go on in the next chunk. */
function skipScalar(bytes: Buffer, start: number, end: number): number {
  let state = beginScalar;
  for (let i = start; i < end; i++) {
    const byte = bytes[i] as number;
    const next = stepScalar(state, byte);
    if (next === 0) return endsScalar(state, byte) ? i : malformedAt(inLiteral(state) ? start : i);
    state = next;
  }
  return NEED_MORE;
}

/** The string between the quotes at `start` and `end - 1`. Raw control characters and wrong escapes are taken as they are. */
export function decodeString(bytes: Buffer, start: number, end: number): string {
  const raw = bytes.toString("utf8", start + 1, end - 1);
  if (!raw.includes("\\")) return raw;
  try {
    return JSON.parse(`"${raw}"`) as string;
  } catch {
    return unescapeLaxly(raw);
  }
}

const escapes: Readonly<Record<string, string>> = { b: "\b", f: "\f", n: "\n", r: "\r", t: "\t" };

function unescapeLaxly(raw: string): string {
  return raw.replace(/\\(?:u([0-9a-fA-F]{4})|([\s\S]))/g, (_, hex: string | undefined, char: string) =>
    hex === undefined ? (escapes[char] ?? char) : String.fromCharCode(Number.parseInt(hex, 16)),
  );
}
