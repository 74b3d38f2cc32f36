import { hideIds, steadyTraits, type Trait, type Traits } from "../masking/answer-traits.ts";
import { isHeaderValue, type TraitDifference, withoutConsequences } from "../masking/trait-differences.ts";
import { fisherExact } from "./statistics/fisher-exact.ts";
import { permutationTest } from "./statistics/permutation-test.ts";

/** A difference of a kind: always one thing against always another, or one oftener than the other. */
export interface LiveDifference extends TraitDifference {
  readonly isSteady: boolean;
}

/** The chance of one false alarm in all that is compared of answers that are alike. */
const alpha = 0.001;
/** A trait that tells even the missing ones apart at this chance says nothing. */
const noiseAlpha = 0.05;

/** Of fewer pairs a split by chance would be too probable, but for what hardly varies by itself. */
export const fewestPairs = 6;

/** What tells foreign answers from missing ones, asked for in turns. */
export function liveDifferences(foreign: readonly Traits[], missing: readonly Traits[]): LiveDifference[] {
  const traits = new Set([...foreign, ...missing].flatMap((each) => [...each.keys()]));
  const found: LiveDifference[] = [];
  for (const trait of traits) {
    if (missing.length < fewestPairs && !steadyTraits.has(trait)) continue;
    const [ours, theirs] = [valuesOf(foreign, trait), valuesOf(missing, trait)];
    if (ours === undefined || theirs === undefined) continue;
    const difference = compare(trait, ours, theirs, alpha / traits.size);
    if (difference !== undefined) found.push(difference);
  }
  return withoutConsequences(found);
}

/** undefined where it is not known of all: a body that was not read. A field that is not sent has a value to compare: none. */
function valuesOf(answers: readonly Traits[], trait: Trait): string[] | undefined {
  const values = answers.map((traits) => traits.get(trait) ?? (isHeaderValue(trait) ? "none" : undefined));
  return values.every((value) => value !== undefined) ? values : undefined;
}

function compare(trait: Trait, ours: readonly string[], theirs: readonly string[], level: number): LiveDifference | undefined {
  const [one, other] = [soleOf(ours), soleOf(theirs)];
  if (one !== undefined && other !== undefined) return one === other ? undefined : { trait, ours: one, theirs: other, isSteady: true };
  // Only one id of somebody else's is asked for: what varies among missing ids and not for it may be made from the id.
  if (one !== undefined) return undefined;
  if (trait === "length") {
    const [ourLengths, theirLengths] = [ours.map(Number), theirs.map(Number)];
    const [even, odd] = halvesOf(theirLengths);
    const isApart = permutationTest(ourLengths, theirLengths) < level && permutationTest(even, odd) > noiseAlpha;
    return isApart ? { trait, ours: rangeOf(ourLengths), theirs: rangeOf(theirLengths), isSteady: false } : undefined;
  }
  if (other === undefined) {
    // Request ids and the like may be all that varies.
    const [ourWords, theirWords] = [soleOf(ours.map(hideIds)), soleOf(theirs.map(hideIds))];
    if (ourWords !== undefined && theirWords !== undefined)
      return ourWords === theirWords ? undefined : { trait, ours: ourWords, theirs: theirWords, isSteady: true };
  }
  const usual = other ?? commonestOf(theirs);
  const countOf = (values: readonly string[]) => values.filter((value) => value === usual).length;
  if (fisherExact(countOf(ours), ours.length, countOf(theirs), theirs.length) >= level) return undefined;
  const [even, odd] = halvesOf(theirs);
  if (fisherExact(countOf(even), even.length, countOf(odd), odd.length) <= noiseAlpha) return undefined;
  const share = (values: readonly string[]) => `${usual} in ${countOf(values)} of ${values.length}`;
  return { trait, ours: share(ours), theirs: share(theirs), isSteady: false };
}

function soleOf(values: readonly string[]): string | undefined {
  return values.every((value) => value === values[0]) ? values[0] : undefined;
}

function halvesOf<Value>(values: readonly Value[]): [Value[], Value[]] {
  return [values.filter((_, index) => index % 2 === 0), values.filter((_, index) => index % 2 === 1)];
}

function commonestOf(values: readonly string[]): string {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].reduce((best, each) => (each[1] > best[1] ? each : best))[0];
}

function rangeOf(values: readonly number[]): string {
  return `${Math.min(...values)} to ${Math.max(...values)}`;
}
