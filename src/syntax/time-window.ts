/** Puts a number into a sorted list, and says where. Cheapest at the end. */
export function insertSorted(sorted: number[], value: number): number {
  const at = sorted.length === 0 || (sorted.at(-1) as number) <= value ? sorted.length : firstNotBelow(sorted, value, true);
  if (at === sorted.length) sorted.push(value);
  else sorted.splice(at, 0, value);
  return at;
}

/** How many of a sorted list lie after `from` and before `to`. */
export function countBetween(sorted: readonly number[], from: number, to: number): number {
  return Math.max(0, firstNotBelow(sorted, to) - firstNotBelow(sorted, from, true));
}

/** Index of the first number that is not below `bound`; `past`: of the first above it. */
function firstNotBelow(sorted: readonly number[], bound: number, past = false): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    const value = sorted[middle] as number;
    if (value < bound || (past && value === bound)) low = middle + 1;
    else high = middle;
  }
  return low;
}
