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

/** Index of the first byte that no string may hold, among strings passed since it was last asked for; -1 = none. */
let flaw = -1;

/** Says where the first flaw was, and forgets it. */
export function takeFlaw(): number {
  const taken = flaw;
  flaw = -1;
  return taken;
}

function noteFlaw(index: number): void {
  if (flaw < 0) flaw = index;
}

/**
 * Sets the high bit of a byte where one of four is a quote, a control byte or a backslash. With one bit turned, the first two are the 33 lowest
 * bytes; a subtraction that borrows tells those, and a zero. Bits above the first that is set may be wrong.
 */
function mark(four: number): number {
  const turned = four ^ 0x02020202;
  const slashes = four ^ 0x5c5c5c5c;
  return (((turned - 0x21212121) & ~turned) | ((slashes - 0x01010101) & ~slashes)) & 0x80808080;
}

/** From within a string to after its closing quote; where it has no end yet, `-1 - index`, the index being where to go on. */
export function passText(bytes: Buffer, i: number, end: number): number {
  if (bytes !== viewed) view(bytes);
  const all = words;
  const whole = Math.min(end >> 2, all.length);
  while (i < end) {
    let word = i >> 2;
    if (word < whole) {
      // The bytes before `i` do not count.
      let hits = mark(all[word] as number) & (-1 << ((i & 3) << 3));
      while (hits === 0 && ++word < whole) hits = mark(all[word] as number);
      if (hits === 0) {
        i = whole << 2;
        continue;
      }
      i = (word << 2) + ((31 - Math.clz32(hits & -hits)) >> 3);
    }
    const byte = bytes[i] as number;
    if (byte === 34) return i + 1;
    if (byte === 92) {
      const after = passEscape(bytes, i, end);
      if (after < 0) return -1 - i;
      i = after;
    } else {
      if (byte < 32) noteFlaw(i);
      i++;
    }
  }
  return -1 - end;
}

/** What may follow a backslash: by itself, or before four hexadecimal digits. */
const [alone, digitsFollow] = [1, 2];
const letters = new Uint8Array(256);
for (const letter of Buffer.from('"/\\bfnrt')) letters[letter] = alone;
letters[117] = digitsFollow;
const isDigit = new Uint8Array(256);
for (const digit of Buffer.from("0123456789abcdefABCDEF")) isDigit[digit] = 1;

/** From a backslash to after what it escapes; -1 where that has no end yet. */
function passEscape(bytes: Buffer, i: number, end: number): number {
  if (i + 1 >= end) return -1;
  const letter = letters[bytes[i + 1] as number];
  if (letter === alone) return i + 2;
  if (letter !== digitsFollow) {
    noteFlaw(i + 1);
    return i + 2;
  }
  for (let k = i + 2; k < i + 6; k++) {
    if (k >= end) return -1;
    if (isDigit[bytes[k] as number] === 1) continue;
    noteFlaw(k);
    return i + 2;
  }
  return i + 6;
}
