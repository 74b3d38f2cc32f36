import { draws, makeCoin } from "./coin.ts";

/** The tenth part of the values, of which noise has the least: it only ever makes an answer slower. */
const lowPart = 0.1;

interface Placed {
  readonly value: number;
  readonly pair: number;
  readonly isOurs: boolean;
}

/**
 * Do the fastest of two paired samples differ? How probable a difference of their tenth percentiles at least as large is, where in each pair
 * the two could as well be the other way round.
 */
export function lowQuantileTest(ours: readonly number[], theirs: readonly number[], seed?: number): number {
  const pairs = Math.min(ours.length, theirs.length);
  const wanted = Math.max(1, Math.ceil(pairs * lowPart));
  const pooled: Placed[] = [];
  for (let pair = 0; pair < pairs; pair++) {
    pooled.push({ value: ours[pair] as number, pair, isOurs: true }, { value: theirs[pair] as number, pair, isOurs: false });
  }
  pooled.sort((a, b) => a.value - b.value);
  const swapped = new Array<boolean>(pairs).fill(false);
  const seen = gapOf(pooled, swapped, wanted);
  if (seen === 0) return 1;
  const flip = makeCoin(seed);
  let atLeast = 0;
  for (let draw = 0; draw < draws; draw++) {
    for (let pair = 0; pair < pairs; pair++) swapped[pair] = flip();
    if (gapOf(pooled, swapped, wanted) >= seen) atLeast++;
  }
  return (atLeast + 1) / (draws + 1);
}

/** How far the two samples' `wanted`-th smallest values are apart. A walk from the smallest on, which is soon over. */
function gapOf(sorted: readonly Placed[], swapped: readonly boolean[], wanted: number): number {
  let [ours, theirs] = [0, 0];
  let [ourLow, theirLow] = [0, 0];
  for (const { value, pair, isOurs } of sorted) {
    if (isOurs !== swapped[pair]) {
      if (++ours === wanted) ourLow = value;
    } else if (++theirs === wanted) theirLow = value;
    if (ours >= wanted && theirs >= wanted) break;
  }
  return Math.abs(ourLow - theirLow);
}
