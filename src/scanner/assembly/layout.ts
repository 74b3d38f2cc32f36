// How the module's memory is laid out: tables that the host fills once, what a scan leaves behind, then the window's bytes.

/** Where each byte leads from each state of a number or a literal. */
export const STEPS: i32 = 1024;
/** Start and end of each field, from the window's first byte. */
export const SPANS: i32 = STEPS + (24 << 8);
export const SPANS_SIZE: i32 = 2048;
/** The known members, as the host wrote them. */
export const SHAPES: i32 = SPANS + SPANS_SIZE;
export const SHAPES_SIZE: i32 = 16384;
/** A byte for each open bracket: the one that closes it. */
export const STACK: i32 = SHAPES + SHAPES_SIZE;
export const DEEPEST: i32 = 32768;
/** Header fields of one list, four numbers each. */
export const FIELDS: i32 = STACK + DEEPEST;
export const MOST_FIELDS: i32 = 400;
/** The window's bytes, to this short of the memory's end: a look may go past them. */
export const DATA: i32 = 65536;
export const PAST_END: i32 = 65536;

/** A shape is the first record for each length of a name; a record is a name of at most 31 bytes, then these. */
export const RECORD_FIELD: i32 = 32;
export const RECORD_SHAPE: i32 = 36;
export const RECORD_NEXT: i32 = 40;
export const RECORD_SIZE: i32 = 48;
export const SHAPE_SIZE: i32 = 64;

/** The value goes on past the bytes at hand. */
export const NEED_MORE: i32 = -1;
/** More brackets are open than there is room for. */
export const TOO_DEEP: i32 = i32.MIN_VALUE;

/** Where JSON breaks, as a negative result. */
// @ts-ignore: decorator
@inline
export function malformedAt(i: i32): i32 {
  return -2 - (i - DATA);
}
