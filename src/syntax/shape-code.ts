/** What the code needs that `npm run generate` makes of envelint's own schemas. Their patterns are known, and none takes more than linear time. */
export { findTwins } from "./unique-items.ts";

/** As with patterns of contracts, only so much of a text is matched. */
const mostMatched = 10_000;

export function ownPattern(source: string, flags: string): { test(text: string): boolean } {
  const pattern = new RegExp(source, flags);
  return { test: (text) => pattern.test(text.slice(0, mostMatched)) };
}

/** Code points, which is what JSON Schema calls characters. */
export function countCharacters(text: string): number {
  let count = 0;
  for (const _ of text) count++;
  return count;
}
