/** Puts a number into a sorted list, and says where. Cheapest at the end. */
export function insertSorted(sorted: number[], value: number): number {
  const at = sorted.length === 0 || (sorted.at(-1) as number) <= value ? sorted.length : firstAbove(sorted, value);
  if (at === sorted.length) sorted.push(value);
  else sorted.splice(at, 0, value);
  return at;
}

/** Index of the first number above a bound. */
function firstAbove(sorted: readonly number[], bound: number): number {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((sorted[middle] as number) <= bound) low = middle + 1;
    else high = middle;
  }
  return low;
}
