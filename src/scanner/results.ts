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
