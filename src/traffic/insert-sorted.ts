/** Puts a number into a sorted list, and says where. Cheapest at the end. */
export function insertSorted(sorted: number[], value: number): number {
  const at = sorted.length === 0 || (sorted.at(-1) as number) <= value ? sorted.length : firstAbove(sorted, value);
  if (at === sorted.length) sorted.push(value);
  else sorted.splice(at, 0, value);
  return at;
}

/** Index of the first number above a bound: so many are not. */
export function firstAbove(sorted: readonly number[], bound: number): number {
  return countWhere(sorted, (value) => value <= bound);
}

/** How many numbers are below a bound. */
export function countBelow(sorted: readonly number[], bound: number): number {
  return countWhere(sorted, (value) => value < bound);
}

/** How many numbers pass a test that holds for the first so many of them. */
function countWhere(sorted: readonly number[], test: (value: number) => boolean): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(sorted[middle] as number)) low = middle + 1;
    else high = middle;
  }
  return low;
}
