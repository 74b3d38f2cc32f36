/** How far two samples lie apart: how much oftener one of `ours` is larger than one of `theirs` than smaller. 1 and -1: always. */
export function cliffsDelta(ours: readonly number[], theirs: readonly number[]): number {
  const sorted = [...theirs].sort((a, b) => a - b);
  let balance = 0;
  for (const value of ours) balance += countBelow(sorted, value, false) - (sorted.length - countBelow(sorted, value, true));
  const all = ours.length * sorted.length;
  return all === 0 ? 0 : balance / all;
}

/** How many values are smaller, or smaller or equal. */
function countBelow(sorted: readonly number[], value: number, orEqual: boolean): number {
  let [from, to] = [0, sorted.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    const other = sorted[middle] as number;
    if (other < value || (orEqual && other === value)) from = middle + 1;
    else to = middle;
  }
  return from;
}
