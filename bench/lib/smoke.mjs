// Fails where a ratio is three times worse than the recorded one, or a peak half as much again: a slip, not noise. Needs none of the peers.
import { readFileSync, writeFileSync } from "node:fs";
import { figureOf } from "../report/figures.mjs";
import { measureSeries } from "./measure.mjs";
import { plan } from "./plan.mjs";

const file = new URL("../recorded.json", import.meta.url);

/**
 * @param {import("./measure.mjs").Where} where
 * @param {{ record: boolean }} options with `record` what is measured becomes what is held against
 * @returns {Promise<string[]>} what is far off
 */
export async function smoke(where, { record }) {
  const recorded = JSON.parse(readFileSync(file, "utf8"));
  const only = ["bare-node", "json-parse", "envelint"];
  const choice = { sizes: ["50MB"], profiles: ["browser", "api"], layouts: ["compact"], parts: ["captures", "start-up"], rounds: 3, only };
  /** @type {Record<string, { slower: number, peakMB?: number }>} */
  const measured = {};
  const faults = [];
  for (const series of plan(choice)) {
    const { results = [] } = await measureSeries({ ...series, rounds: series.kind === "start-up" ? 9 : series.rounds }, where);
    const of = (/** @type {string} */ id) => figureOf(results.find((result) => result.id === id));
    const [envelint, floor] = [of("envelint"), of(series.kind === "start-up" ? "bare-node" : "json-parse")];
    if (envelint?.wall === undefined || floor?.wall === undefined)
      throw new Error(`${series.id}: ${envelint?.failure ?? floor?.failure ?? "not measured"}`);
    const slower = round2(envelint.wall / floor.wall);
    measured[series.id] = { slower, ...(envelint.peak === undefined ? {} : { peakMB: Math.round(envelint.peak) }) };
    const was = recorded[series.id];
    console.log(
      `${series.id}: envelint takes ${slower} times as long as ${floor.name} (recorded ${was?.slower}), peak ${Math.round(envelint.peak ?? Number.NaN)} MB (recorded ${was?.peakMB})`,
    );
    if (record) continue;
    if (was === undefined) faults.push(`${series.id}: nothing is recorded: node bench/run.mjs --smoke --record`);
    else if (slower > 3 * was.slower)
      faults.push(`${series.id}: ${slower} times as long is three times worse than the recorded ${was.slower}`);
    else if (envelint.peak !== undefined && envelint.peak > 1.5 * was.peakMB)
      faults.push(`${series.id}: a peak of ${Math.round(envelint.peak)} MB is half as much again as the recorded ${was.peakMB} MB`);
  }
  if (record) writeFileSync(file, `${JSON.stringify(measured, null, 2)}\n`);
  return faults;
}

const round2 = (/** @type {number} */ value) => Number(value.toPrecision(2));
