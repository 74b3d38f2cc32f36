import { cliffsDelta } from "./statistics/cliffs-delta.ts";
import { lowQuantileTest } from "./statistics/low-quantile.ts";
import { median } from "./statistics/quantile.ts";
import { signFlipTest } from "./statistics/sign-flip.ts";

/** How long the two answers of a pair were waited for, in milliseconds. */
export interface TimedPair {
  readonly foreign: number;
  readonly missing: number;
}

/** What the times of many pairs show. Milliseconds. */
export interface TimingVerdict {
  readonly pairs: number;
  /** Do they tell the two apart? */
  readonly isApart: boolean;
  /** By how much a foreign one is answered later; less than 0: sooner. */
  readonly difference: number;
  /** The smallest difference that would have been told. */
  readonly resolution: number;
}

/** Pairs that each of two batches needs. */
export const fewestTimed = 90;

/** No difference below it is told: the machine that measures has moods of its own. */
const floor = 2;
/** How many times the difference between missing ones themselves a difference must be. */
const noiseFactor = 3;
const leastDelta = 0.33;
/** What each batch must reach, and what one of them must. */
const [inBoth, inOne] = [0.01, 0.001];

/** Judges the times of two batches, in the order in which they were taken; undefined = too few. */
export function judgeTimes(pairs: readonly TimedPair[]): TimingVerdict | undefined {
  const half = Math.floor(pairs.length / 2);
  if (half < fewestTimed) return undefined;
  const least = Math.max(floor, noiseFactor * noiseOf(pairs));
  const difference = shiftOf(pairs);
  return { pairs: pairs.length, isApart: areApart(pairs, least, true), difference, resolution: resolutionOf(pairs, least, difference) };
}

/** `byLowest`: the fastest are looked at as well. */
function areApart(pairs: readonly TimedPair[], least: number, byLowest: boolean): boolean {
  const shift = shiftOf(pairs);
  if (!(Math.abs(shift) > least)) return false;
  const delta = cliffsDelta(foreignOf(pairs), missingOf(pairs));
  if (Math.sign(delta) !== Math.sign(shift) || Math.abs(delta) < leastDelta) return false;
  const half = Math.floor(pairs.length / 2);
  const batches = [pairs.slice(0, half), pairs.slice(half)];
  if (batches.some((batch) => Math.sign(shiftOf(batch)) !== Math.sign(shift))) return false;
  const chances = batches.map((batch) => chanceOf(batch, byLowest));
  return Math.max(...chances) < inBoth && Math.min(...chances) < inOne;
}

/** Of two tests, the better one counts, and is paid for. */
function chanceOf(batch: readonly TimedPair[], byLowest: boolean): number {
  const byRank = signFlipTest(batch.map(({ foreign, missing }) => foreign - missing));
  const least = byLowest ? Math.min(byRank, lowQuantileTest(foreignOf(batch), missingOf(batch))) : byRank;
  return Math.min(1, 2 * least);
}

/** The smallest shift that would be told, if what was measured had no other: found by trying. */
function resolutionOf(pairs: readonly TimedPair[], least: number, difference: number): number {
  const shows = (shift: number) => {
    const shifted = pairs.map(({ foreign, missing }) => ({ foreign: foreign - difference + shift, missing }));
    return areApart(shifted, least, false);
  };
  let enough = least * 1.01;
  let tooLittle = least;
  for (let tries = 0; tries < 12 && !shows(enough); tries++) [tooLittle, enough] = [enough, enough * 2];
  for (let tries = 0; tries < 5 && enough - tooLittle > 0.1; tries++) {
    const middle = (tooLittle + enough) / 2;
    if (shows(middle)) enough = middle;
    else tooLittle = middle;
  }
  return enough;
}

/** How far the missing ones are apart from one another. */
function noiseOf(pairs: readonly TimedPair[]): number {
  const [even, odd] = [0, 1].map((rest) => missingOf(pairs.filter((_, index) => index % 2 === rest)));
  return Math.abs(median(even ?? []) - median(odd ?? []));
}

function shiftOf(pairs: readonly TimedPair[]): number {
  return median(pairs.map(({ foreign, missing }) => foreign - missing));
}

const foreignOf = (pairs: readonly TimedPair[]) => pairs.map(({ foreign }) => foreign);
const missingOf = (pairs: readonly TimedPair[]) => pairs.map(({ missing }) => missing);
