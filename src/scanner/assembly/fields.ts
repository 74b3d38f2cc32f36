// Finds the names and values of a list of header fields, as HAR writes one.
import { DATA, FIELDS, MOST_FIELDS } from "./layout";
import { findHits, passText } from "./text";
import { skipSpace, skipValue } from "./value";

/** How many there are, four numbers each: where the name and the value begin and end. Negative where the list is not that plain. */
export function indexFields(from: i32, end: i32): i32 {
  if (load<u8>(from) != 91) return -1;
  let count = 0;
  let i = skipSpace(from + 1, end);
  while (i < end && load<u8>(i) != 93) {
    if (count == MOST_FIELDS) return -1;
    i = indexField(i, end, FIELDS + (count << 4));
    if (i < 0) return -1;
    count++;
    i = skipComma(i, end);
  }
  return count;
}

/** An object with a string "name", in which nothing is escaped, and a string "value", each once; after its "}". */
function indexField(from: i32, end: i32, into: i32): i32 {
  if (load<u8>(from) != 123) return -1;
  memory.fill(into, 0, 16);
  let i = skipSpace(from + 1, end);
  while (i < end && load<u8>(i) == 34) {
    const start = i + 1;
    i = passText(start, end);
    if (i == 0) return -1;
    const length = i - 1 - start;
    const isName = length == 4 && load<u32>(start) == 0x656d616e;
    const isValue = length == 5 && load<u32>(start) == 0x756c6176 && load<u8>(start, 4) == 101;
    if (!isName && !isValue && isEscaped(start, i - 1)) return -1;
    i = skipSpace(i, end);
    if (load<u8>(i) != 58) return -1;
    const value = skipSpace(i + 1, end);
    i = skipValue(value, end);
    if (i < 0) return -1;
    if (isName || isValue) {
      const span = isName ? into : into + 8;
      if (load<u8>(value) != 34 || load<i32>(span) != 0) return -1;
      store<i32>(span, value - DATA);
      store<i32>(span, i - DATA, 4);
    }
    i = skipComma(i, end);
  }
  const name = load<i32>(into);
  if (load<u8>(i) != 125 || name == 0 || load<i32>(into, 8) == 0) return -1;
  return isEscaped(DATA + name + 1, DATA + load<i32>(into, 4) - 1) ? -1 : i + 1;
}

// @ts-ignore: decorator
@inline
function skipComma(i: i32, end: i32): i32 {
  const next = skipSpace(i, end);
  return load<u8>(next) == 44 ? skipSpace(next + 1, end) : next;
}

/** Is there something within a string before the quote that ends it? */
function isEscaped(i: i32, quote: i32): bool {
  while (i < quote) {
    const hits = findHits(i);
    if (hits != 0) return i + ctz(hits) < quote;
    i += 16;
  }
  return false;
}
