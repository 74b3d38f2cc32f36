/**
 * Fisher's exact test of a table of two by two: of `ours` things `ourHits` have a property, of `theirs` `theirHits`. How probable a table
 * no likelier than this one is, where both have it alike.
 */
export function fisherExact(ourHits: number, ours: number, theirHits: number, theirs: number): number {
  const hits = ourHits + theirHits;
  const all = logChoose(ours + theirs, hits);
  const chance = (k: number) => Math.exp(logChoose(ours, k) + logChoose(theirs, hits - k) - all);
  const seen = chance(ourHits);
  let sum = 0;
  for (let k = Math.max(0, hits - theirs); k <= Math.min(hits, ours); k++) {
    const each = chance(k);
    // What is computed in logarithms is never quite equal.
    if (each <= seen * (1 + 1e-9)) sum += each;
  }
  return Math.min(1, sum);
}

function logChoose(n: number, k: number): number {
  let sum = 0;
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i);
  return sum;
}
