import { passText } from "./pass-text.ts";
import { malformedAt, NEED_MORE } from "./results.ts";
import { beginScalar, ended, inLiteral, stepScalar } from "./scalar.ts";

const quote = 34;

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

/** From after the opening quote to after the closing one, or NEED_MORE. */
export function skipString(bytes: Buffer, i: number, end: number): number {
  const after = passText(bytes, i, end);
  return after < 0 ? NEED_MORE : after;
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
      if (i < 0) return i;
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
  if (i < 0) return i;
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
    const next = stepScalar(state, bytes[i] as number);
    if (next === ended) return i;
    if (next === 0) return malformedAt(inLiteral(state) ? start : i);
    state = next;
  }
  return NEED_MORE;
}
