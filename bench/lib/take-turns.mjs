// Runs contenders over one capture in turns, so that a slow moment of the machine meets all of them.
import { createReadStream } from "node:fs";
import { whyNotRun } from "./contenders.mjs";
import { execute } from "./execute.mjs";

/**
 * @typedef {{ id: string, name: string, walls: number[], peaks: number[], failure?: string, notRun?: string }} Result milliseconds and MB, a run each
 * @param {readonly import("./contenders.mjs").Contender[]} contenders
 * @param {{ file: string, errors: number, entries: number }} capture
 * @param {{ rounds: number, folder: string, bound?: number, say?: (line: string) => void }} how
 * @returns {Promise<Result[]>}
 */
export async function takeTurns(contenders, capture, { rounds, folder, bound = 120_000, say = () => {} }) {
  // All of them find the file in the page cache: it is not the disk that is measured.
  for await (const _ of createReadStream(capture.file, { highWaterMark: 1 << 20 }));
  const results = contenders.map((contender) => {
    const notRun = whyNotRun(contender);
    /** @type {Result} */
    const result = { id: contender.id, name: contender.name, walls: [], peaks: [], ...(notRun === undefined ? {} : { notRun }) };
    return { contender, result };
  });
  for (let round = 0; round < rounds; round++)
    for (let turn = 0; turn < results.length; turn++) {
      const { contender, result } = /** @type {typeof results[number]} */ (results[(round + turn) % results.length]);
      if (result.notRun !== undefined || result.failure !== undefined) continue;
      const run = await execute(contender, capture.file, { folder, bound });
      if (run.failure === undefined) {
        checkCount(contender.name, run.told, capture);
        result.walls.push(round2(run.wall));
      } else result.failure = run.failure;
      if (run.peak !== undefined) result.peaks.push(round2(run.peak));
      const peak = run.peak === undefined ? "" : `, ${Math.round(run.peak)} MB`;
      say(`  round ${round + 1}: ${contender.name}: ${run.failure ?? `${Math.round(run.wall)} ms`}${peak}`);
    }
  return results.map(({ result }) => result);
}

/**
 * A contender that counts other errors is no contender.
 * @param {string} name
 * @param {{ errors?: number, entries?: number }} told
 * @param {{ errors: number, entries: number }} capture
 */
function checkCount(name, told, capture) {
  for (const what of /** @type {const} */ (["errors", "entries"]))
    if (told[what] !== undefined && told[what] !== capture[what])
      throw new Error(`${name} counts ${told[what]} ${what} where the capture has ${capture[what]}`);
}

const round2 = (/** @type {number} */ value) => Math.round(value * 100) / 100;
