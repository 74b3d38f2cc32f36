// Carries out a plan: a result for each series.
import { spawnSync } from "node:child_process";
import { readFileSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { dropCapture, takeCapture, whyNoRoom } from "./captures.mjs";
import { choose } from "./contenders.mjs";
import { takeTurns } from "./take-turns.mjs";

/** A capture that ships. @param {string} name @returns {import("./captures.mjs").Capture} */
function readExample(name) {
  const file = fileURLToPath(new URL(`../../examples/${name}`, import.meta.url));
  const { entries } = JSON.parse(readFileSync(file, "utf8")).log;
  const errors = entries.filter((/** @type {{ response: { status: number } }} */ { response }) => response.status >= 400).length;
  return { file, bytes: statSync(file).size, entries: entries.length, errors };
}

/**
 * @typedef {{ folder: string, captures: string, keep: boolean, bound: number, say: (line: string) => void }} Where
 * @param {import("./plan.mjs").Series} series
 * @param {Where} where
 */
export async function measureSeries({ id, kind, order, example = "", rounds, contenders }, { folder, captures, keep, bound, say }) {
  const date = new Date().toISOString().slice(0, 10);
  say(`${id}, ${rounds} rounds`);
  const notRun = order === undefined ? undefined : whyNoRoom(order, captures);
  if (notRun !== undefined) return { id, kind, order, date, notRun };
  const capture = order === undefined ? readExample(example) : await takeCapture(order, captures);
  const results = await takeTurns(choose(contenders), capture, { rounds, folder, bound, say });
  if (order !== undefined && !keep) dropCapture(capture);
  const { bytes, entries, errors } = capture;
  return { id, kind, order, date, bytes, entries, errors, rounds, results };
}

/** What the rules add an entry, in a process of its own. @param {Where & { pairs?: number }} where */
export async function measureRules({ captures, keep, say, pairs = 41 }) {
  const order = { profile: "api", size: "50MB", layout: "compact" };
  say(`rules, ${pairs} pairs`);
  const capture = await takeCapture(order, captures);
  const script = fileURLToPath(new URL("rules-cost.mjs", import.meta.url));
  const { stdout, stderr, status } = spawnSync(process.execPath, [script, capture.file, String(pairs)], { encoding: "utf8" });
  if (status !== 0) throw new Error(stderr);
  if (!keep) dropCapture(capture);
  return { order, date: new Date().toISOString().slice(0, 10), ...JSON.parse(stdout) };
}
