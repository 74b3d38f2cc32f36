// Medians and words of what was measured.

/** @param {readonly number[]} list */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const [below, above] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return below === undefined || above === undefined ? undefined : (below + above) / 2;
}

/**
 * The median wall in ms, the highest peak in MB; no wall where it failed.
 * @param {import("../lib/take-turns.mjs").Result | undefined} result
 */
export function figureOf(result) {
  if (result === undefined) return undefined;
  const { id, name, walls, peaks, failure = result.notRun && `not run: ${result.notRun}` } = result;
  return { id, name, failure, wall: failure ? undefined : median(walls), peak: peaks.length > 0 ? Math.max(...peaks) : undefined };
}

/** Two digits are what such measurements are good for. @param {number} value */
export function twoDigits(value) {
  const rounded = Number(value.toPrecision(2));
  return Math.abs(rounded) < 10 ? rounded.toPrecision(2) : rounded.toLocaleString("en-GB");
}

/** @param {number} ms */
export const inWords = (ms) => (ms < 995 ? `${twoDigits(ms)} ms` : `${twoDigits(ms / 1000)} s`);

/** @param {number | undefined} mb */
export const memoryInWords = (mb) => (mb === undefined ? "not measured" : mb < 995 ? `${twoDigits(mb)} MB` : `${twoDigits(mb / 1000)} GB`);
