// Passes over values of any size. Everything outside of strings is checked: a comma lost may be an entry lost.
import { DEEPEST, malformedAt, NEED_MORE, STACK, STEPS, TOO_DEEP } from "./layout";
import { passText, rest } from "./text";

const VALUE: i32 = 0;
const VALUE_OR_END: i32 = 1;
const NAME: i32 = 2;
const NAME_OR_END: i32 = 3;
const COLON: i32 = 4;
const AFTER: i32 = 5;

/** Leads out of a number or a literal that is complete. */
const ENDED: i32 = 255;

/** What may stand next, outside of strings. */
export let expected: i32 = VALUE;
export let depth: i32 = 0;
/** Within a string. */
export let inText: bool = false;
/** Where in a number or a literal; 0 = in none. */
export let scalar: i32 = 0;
/** The bracket that there was no room for. */
export let deepAt: i32 = 0;
/** The value has been passed over. */
export let done: bool = false;

/** A value is to be passed over, chunk by chunk. */
export function begin(): void {
  expected = VALUE;
  depth = 0;
  inText = false;
  scalar = 0;
  done = false;
}

// @ts-ignore: decorator
@inline
export function skipSpace(i: i32, end: i32): i32 {
  return load<u8>(i) > 32 ? i : skipSpaces(i, end);
}

function skipSpaces(i: i32, end: i32): i32 {
  while (i < end) {
    const block = v128.load(i);
    const space = v128.or(
      v128.or(i8x16.eq(block, i8x16.splat(32)), i8x16.eq(block, i8x16.splat(10))),
      v128.or(i8x16.eq(block, i8x16.splat(13)), i8x16.eq(block, i8x16.splat(9))),
    );
    const count = ctz(~i8x16.bitmask(space));
    i += count;
    if (count < 16) break;
  }
  return i;
}

/** From a value's first byte to after its last, all of it at hand; or a negative result. */
export function skipValue(i: i32, end: i32): i32 {
  const byte = load<u8>(i);
  if (byte == 34) {
    const after = passText(i + 1, end);
    return after == 0 ? NEED_MORE : after;
  }
  if (byte == 123 || byte == 91) {
    begin();
    const after = pass(i, end, true);
    return after < 0 || done ? after : NEED_MORE;
  }
  const after = passScalar(i, end, 1, true);
  return after == end && scalar != 0 ? NEED_MORE : after;
}

/** The first byte that ends it must be seen: it may go on in the next chunk. Where it does, `scalar` says how far it is. */
function passScalar(start: i32, end: i32, state: i32, whole: bool): i32 {
  for (let i = start; i < end; i++) {
    const next = <i32>load<u8>(STEPS + ((state << 8) | <i32>load<u8>(i)));
    if (next == ENDED) {
      scalar = 0;
      return i;
    }
    // What is wrong with a literal is the word, not its last letter.
    if (next == 0) return malformedAt(whole && load<u8>(start) > 57 ? start : i);
    state = next;
  }
  scalar = state;
  return end;
}

/** From where the last chunk ended to the end of the value or of the chunk, less an escape whose end is still to come. */
export function pass(i: i32, end: i32, whole: bool): i32 {
  let state = expected;
  let level = depth;
  if (inText) {
    const after = passText(i, end);
    if (after == 0) return rest;
    inText = false;
    i = after;
  } else if (scalar != 0) {
    i = passScalar(i, end, scalar, whole);
    if (i < 0 || scalar != 0) return i;
  }
  let closing: i32 = level > 0 ? load<u8>(STACK + level - 1) : 0;
  while (true) {
    if (state == AFTER && level == 0) {
      done = true;
      break;
    }
    i = skipSpace(i, end);
    if (i >= end) {
      i = end;
      break;
    }
    let byte = <i32>load<u8>(i);
    if (state == AFTER) {
      if (byte == 44) {
        state = closing == 125 ? NAME : VALUE;
        i = skipSpace(i + 1, end);
        if (i >= end) {
          i = end;
          break;
        }
        byte = load<u8>(i);
      } else {
        if (byte != closing) return malformedAt(i);
        i++;
        closing = --level > 0 ? load<u8>(STACK + level - 1) : 0;
        continue;
      }
    }
    if (state >= NAME && state <= NAME_OR_END) {
      if (byte != 34) {
        if (state == NAME || byte != 125) return malformedAt(i);
        i++;
        closing = --level > 0 ? load<u8>(STACK + level - 1) : 0;
        state = AFTER;
        continue;
      }
      const after = passText(i + 1, end);
      state = COLON;
      if (after == 0) {
        inText = true;
        i = rest;
        break;
      }
      i = skipSpace(after, end);
      if (i >= end) {
        i = end;
        break;
      }
      byte = load<u8>(i);
    }
    if (state == COLON) {
      if (byte != 58) return malformedAt(i);
      state = VALUE;
      i = skipSpace(i + 1, end);
      if (i >= end) {
        i = end;
        break;
      }
      byte = load<u8>(i);
    }
    if (byte == 34) {
      state = AFTER;
      const after = passText(i + 1, end);
      if (after == 0) {
        inText = true;
        i = rest;
        break;
      }
      i = after;
    } else if (byte == 123 || byte == 91) {
      if (level == DEEPEST) {
        expected = state;
        depth = level;
        deepAt = i;
        return TOO_DEEP;
      }
      closing = byte + 2;
      store<u8>(STACK + level++, closing);
      state = byte == 123 ? NAME_OR_END : VALUE_OR_END;
      i++;
    } else if (byte == 93 && state == VALUE_OR_END) {
      i++;
      closing = --level > 0 ? load<u8>(STACK + level - 1) : 0;
      state = AFTER;
    } else {
      state = AFTER;
      i = passScalar(i, end, 1, whole);
      if (i < 0) return i;
      if (scalar != 0) break;
    }
  }
  expected = state;
  depth = level;
  return i;
}
