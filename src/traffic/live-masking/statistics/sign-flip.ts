import { draws, makeCoin } from "./coin.ts";
import { ranksOf } from "./ranks.ts";

/**
 * Do differences of pairs lean to one side? How probable a lean at least as strong is, to either side, where each difference is as likely
 * to have the other sign. By ranks, so that a single slow answer counts no more than any.
 */
export function signFlipTest(differences: readonly number[], seed?: number): number {
  const moved = differences.filter((difference) => difference !== 0);
  if (moved.length === 0) return 1;
  const ranks = ranksOf(moved.map(Math.abs));
  const seen = Math.abs(moved.reduce((sum, difference, index) => sum + Math.sign(difference) * (ranks[index] as number), 0));
  const flip = makeCoin(seed);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    let sum = 0;
    for (const rank of ranks) sum += flip() ? rank : -rank;
    if (Math.abs(sum) >= seen) atLeast++;
  }
  return (atLeast + 1) / (draws + 1);
}
