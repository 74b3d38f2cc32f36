import { draws, makeCoin } from "./coin.ts";

/** Do the means of two samples differ? How probable a difference at least as large is, where all the values could be in either of them. */
export function permutationTest(ours: readonly number[], theirs: readonly number[], seed?: number): number {
  const all = [...ours, ...theirs];
  if (ours.length === 0 || theirs.length === 0) return 1;
  const total = all.reduce((sum, value) => sum + value, 0);
  const gap = (sum: number) => Math.abs(sum / ours.length - (total - sum) / theirs.length);
  const seen = gap(ours.reduce((sum, value) => sum + value, 0));
  const flip = makeCoin(seed);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    // Draws without putting back: each value is taken with the chance of what is still wanted of what is left.
    let [wanted, sum] = [ours.length, 0];
    for (let left = all.length; left > 0 && wanted > 0; left--) {
      if (below(left, flip) >= wanted) continue;
      sum += all[left - 1] as number;
      wanted--;
    }
    // Sums of the same numbers in another order differ in their last digits.
    if (gap(sum) >= seen - Math.abs(seen) * 1e-9) atLeast++;
  }
  return (atLeast + 1) / (draws + 1);
}

/** A whole number from 0 up to, and without, `limit`. */
function below(limit: number, flip: () => boolean): number {
  const bits = 32 - Math.clz32(limit - 1);
  for (;;) {
    let value = 0;
    for (let bit = 0; bit < bits; bit++) value = value * 2 + (flip() ? 1 : 0);
    if (value < limit) return value;
  }
}
