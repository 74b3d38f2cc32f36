import type { Progress } from "../options/options.ts";
import { number } from "../reporters/layout.ts";
import type { Io } from "./io.ts";

/** Work shorter than this needs no progress; the line is then drawn this often. Milliseconds. */
const [patience, beat] = [1_000, 120] as const;

/** Draws how far the work is on a terminal's standard error, on one line that `done` wipes away. */
export function drawProgress({ stderr }: Io): { readonly draw: (progress: Progress) => void; readonly done: () => void } {
  const isShown = stderr.isTTY === true;
  // Node loads its clock when it is first asked for.
  const start = isShown ? performance.now() : 0;
  let drawn: number | undefined;
  return {
    draw(progress) {
      if (!isShown) return;
      const now = performance.now();
      if (now - start < patience || now - (drawn ?? 0) < beat) return;
      drawn = now;
      stderr.write(`\r\u001b[K${describeProgress(progress, now - start).slice(0, (stderr.columns ?? 80) - 1)}`);
    },
    done() {
      if (drawn !== undefined) stderr.write("\r\u001b[K");
    },
  };
}

/** `120 MB of 500 MB, 41,000 entries, 310 errors, 96 MB/s`. */
export function describeProgress({ bytes, totalBytes, entries, errors }: Progress, elapsed: number): string {
  const of = totalBytes === undefined ? "" : ` of ${size(totalBytes)}`;
  return `${size(bytes)}${of}, ${number(entries)} entries, ${number(errors)} errors, ${size(elapsed > 0 ? (bytes / elapsed) * 1_000 : 0)}/s`;
}

function size(bytes: number): string {
  const units = ["B", "kB", "MB", "GB", "TB"];
  let value = bytes;
  let unit = 0;
  while (value >= 1_000 && unit < units.length - 1) {
    value /= 1_000;
    unit++;
  }
  return `${value < 10 && unit > 0 ? value.toFixed(1) : Math.round(value)} ${units[unit]}`;
}
