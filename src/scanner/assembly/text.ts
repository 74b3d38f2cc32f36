// Passes over strings: what ends them, what escapes, and what no string may hold.

const QUOTE: i32 = 34;

/** Address of the first byte that no string may hold; 0 = none. */
export let flaw: i32 = 0;
/** Where to go on, after a string that has no end yet. */
export let rest: i32 = 0;

export function forgetFlaw(): void {
  flaw = 0;
}

function noteFlaw(i: i32): void {
  if (flaw == 0 || i < flaw) flaw = i;
}

/** Quotes and control bytes: with one bit turned they are the 33 lowest. */
// @ts-ignore: decorator
@inline
function ends(block: v128): v128 {
  return i8x16.le_u(v128.xor(block, i8x16.splat(2)), i8x16.splat(32));
}

// @ts-ignore: decorator
@inline
function slashes(block: v128): v128 {
  return i8x16.eq(block, i8x16.splat(92));
}

/** Bytes that may follow a backslash by themselves: by their halves, each of which allows some of the other. */
// @ts-ignore: decorator
@inline
function letters(block: v128): v128 {
  const low = i8x16.swizzle(i8x16(0, 0, 13, 0, 8, 0, 4, 0, 0, 0, 0, 0, 2, 0, 4, 1), v128.and(block, i8x16.splat(15)));
  const high = i8x16.swizzle(i8x16(0, 0, 1, 0, 0, 2, 4, 8, 0, 0, 0, 0, 0, 0, 0, 0), i8x16.shr_u(block, 4));
  return i8x16.ne(v128.and(low, high), i8x16.splat(0));
}

// @ts-ignore: decorator
@inline
function join(a: v128, b: v128, c: v128, d: v128): u64 {
  return (
    <u64>(<u32>i8x16.bitmask(a) | (<u32>i8x16.bitmask(b) << 16)) |
    (<u64>(<u32>i8x16.bitmask(c) | (<u32>i8x16.bitmask(d) << 16)) << 32)
  );
}

/** From within a string to after its closing quote; 0 where it goes on past `end`. Most strings are short: 16 bytes at a time first. */
// @ts-ignore: decorator
@inline
export function passText(i: i32, end: i32): i32 {
  const hits = findHits(i);
  if (hits == 0) return passMiddling(i + 16, end);
  const at = i + ctz(hits);
  return at < end && load<u8>(at) == QUOTE ? at + 1 : passLong(at, end);
}

function passMiddling(i: i32, end: i32): i32 {
  for (let k = 0; k < 5; k++) {
    const hits = findHits(i);
    if (hits != 0) {
      const at = i + ctz(hits);
      return at < end && load<u8>(at) == QUOTE ? at + 1 : passLong(at, end);
    }
    i += 16;
  }
  return passLong(i, end);
}

/** Bits of the next 16 bytes that end a string, escape, or may not stand in one. */
// @ts-ignore: decorator
@inline
export function findHits(i: i32): i32 {
  const block = v128.load(i);
  return i8x16.bitmask(v128.or(ends(block), slashes(block)));
}

/** The same, 64 bytes at a time. */
function passLong(i: i32, end: i32): i32 {
  // Is the first byte of the block escaped?
  let carry: u64 = 0;
  while (i < end) {
    const a = v128.load(i);
    const b = v128.load(i, 16);
    const c = v128.load(i, 32);
    const d = v128.load(i, 48);
    const endsA = ends(a);
    const endsB = ends(b);
    const endsC = ends(c);
    const endsD = ends(d);
    const slashesA = slashes(a);
    const slashesB = slashes(b);
    const slashesC = slashes(c);
    const slashesD = slashes(d);
    const anyEnd = v128.or(v128.or(endsA, endsB), v128.or(endsC, endsD));
    const anySlash = v128.or(v128.or(slashesA, slashesB), v128.or(slashesC, slashesD));
    if (carry == 0 && !v128.any_true(v128.or(anyEnd, anySlash))) {
      i += 64;
      continue;
    }
    const left = end - i;
    const within: u64 = left < 64 ? (<u64>1 << left) - 1 : <u64>-1;
    let stops = join(endsA, endsB, endsC, endsD) & within;
    let escaped: u64 = 0;
    if (carry != 0 || v128.any_true(anySlash)) {
      // A run of backslashes of odd length escapes what follows it: runs that begin on odd bits are told by an addition that carries through them.
      const backslashes = join(slashesA, slashesB, slashesC, slashesD) & within & ~carry;
      const follows = (backslashes << 1) | carry;
      const oddStarts = backslashes & 0xaaaaaaaaaaaaaaaa & ~follows;
      const sum = oddStarts + backslashes;
      escaped = (0x5555555555555555 ^ (sum << 1)) & follows;
      carry = <u64>(sum < backslashes);
      stops &= ~escaped;
    }
    let stop: i32 = 64;
    while (stops != 0) {
      const at = <i32>ctz(stops);
      if (load<u8>(i + at) == QUOTE) {
        stop = at;
        break;
      }
      noteFlaw(i + at);
      stops &= stops - 1;
    }
    const before: u64 = stop < 64 ? (<u64>1 << stop) - 1 : within;
    if (escaped != 0) {
      let odd = escaped & before & ~join(letters(a), letters(b), letters(c), letters(d));
      while (odd != 0) {
        const at = i + <i32>ctz(odd);
        if (load<u8>(at) != 117) noteFlaw(at);
        else if (!hasDigits(at + 1, end)) {
          rest = at - 1;
          return 0;
        }
        odd &= odd - 1;
      }
    }
    if (stop < 64) return i + stop + 1;
    if (left <= 64) {
      const open = left < 64 ? (escaped >> left) & 1 : carry;
      rest = end - <i32>open;
      return 0;
    }
    i += 64;
  }
  rest = end;
  return 0;
}

/** Are all four hexadecimal digits there, right or not? */
function hasDigits(i: i32, end: i32): bool {
  for (let k = i; k < i + 4; k++) {
    if (k >= end) return false;
    const byte = <u32>load<u8>(k);
    if (byte - 48 > 9 && (byte | 32) - 97 > 5) {
      noteFlaw(k);
      return true;
    }
  }
  return true;
}
