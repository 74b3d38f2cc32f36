// Finds the known members of an object.
import { DATA, malformedAt, NEED_MORE, RECORD_FIELD, RECORD_NEXT, RECORD_SHAPE, SPANS, SPANS_SIZE } from "./layout";
import { findHits, forgetFlaw, passText } from "./text";
import { skipSpace, skipValue } from "./value";

/** A member name is escaped, or a known one comes again. */
export let oddName: bool = false;

export function scan(from: i32, end: i32, shape: i32): i32 {
  memory.fill(SPANS, 0, SPANS_SIZE);
  forgetFlaw();
  oddName = false;
  return scanObject(from, end, shape);
}

function scanObject(from: i32, end: i32, shape: i32): i32 {
  let i = skipSpace(from + 1, end);
  if (i < end && load<u8>(i) == 125) return i + 1;
  while (true) {
    if (i >= end) return NEED_MORE;
    if (load<u8>(i) != 34) return malformedAt(i);
    const start = ++i;
    i = seekNameEnd(i, end);
    if (i >= end) return NEED_MORE;
    let known = 0;
    if (load<u8>(i) == 34) known = find(shape, start, i++);
    else {
      oddName = true;
      i = passText(i, end);
      if (i == 0) return NEED_MORE;
    }
    i = skipSpace(i, end);
    if (i >= end) return NEED_MORE;
    if (load<u8>(i) != 58) return malformedAt(i);
    i = skipSpace(i + 1, end);
    if (i >= end) return NEED_MORE;
    if (known == 0) i = skipValue(i, end);
    else {
      const span = SPANS + (load<i32>(known, RECORD_FIELD) << 3);
      const inner = load<i32>(known, RECORD_SHAPE);
      if (load<i32>(span) != 0) oddName = true;
      store<i32>(span, i - DATA);
      i = inner != 0 && load<u8>(i) == 123 ? scanObject(i, end, inner) : skipValue(i, end);
      store<i32>(span, i - DATA, 4);
    }
    if (i < 0) return i;
    i = skipSpace(i, end);
    if (i >= end) return NEED_MORE;
    const byte = load<u8>(i);
    if (byte == 125) return i + 1;
    if (byte != 44) return malformedAt(i);
    i = skipSpace(i + 1, end);
  }
}

/** The closing quote of a name, or what is odd in it. */
// @ts-ignore: decorator
@inline
function seekNameEnd(i: i32, end: i32): i32 {
  while (i < end) {
    const hits = findHits(i);
    if (hits != 0) return i + ctz(hits);
    i += 16;
  }
  return i;
}

/** The record of a name; 0 = not known. */
function find(shape: i32, start: i32, end: i32): i32 {
  const length = end - start;
  if (length > 31) return 0;
  const all: u32 = (<u32>1 << length) - 1;
  for (let record = <i32>load<u16>(shape + (length << 1)); record != 0; record = load<i32>(record, RECORD_NEXT)) {
    const low = <u32>i8x16.bitmask(i8x16.eq(v128.load(start), v128.load(record)));
    const high = <u32>i8x16.bitmask(i8x16.eq(v128.load(start, 16), v128.load(record, 16)));
    if (((low | (high << 16)) & all) == all) return record;
  }
  return 0;
}
