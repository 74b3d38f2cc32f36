// Runs one command in a process of its own, and tells how long it took, what it held at the most, and what it printed.
import { spawn, spawnSync } from "node:child_process";
import { existsSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";

/**
 * GNU time is asked for the peak: it is small itself. A child's own `maxRSS` begins with the memory of the process that it was forked from, which here is a Node.
 */
const gnuTime = "/usr/bin/time";
const hasGnuTime = existsSync(gnuTime) && spawnSync(gnuTime, ["-q", "-f", "%M", "true"]).status === 0;
const tellPeak = new URL("tell-peak.mjs", import.meta.url).href;

/** How the peak is told: by GNU time, by a hook in Node, or not at all. @param {readonly string[]} command @param {string} peakFile */
function withPeak(command, peakFile) {
  const [program = "", ...words] = command;
  if (hasGnuTime) return [gnuTime, "-q", "-f", "%M", "-o", peakFile, ...command];
  return program === process.execPath ? [program, "--import", tellPeak, ...words] : command;
}

/** The words of a failure, in one line. @param {string} stderr @param {number | null} code @param {string | null} signal */
function nameFailure(stderr, code, signal) {
  const said = /(?:heap limit Allocation failed|(?:Error|ERROR)\b[^:\n]*): *(?:- )?(.+)/i.exec(stderr);
  const words = /heap out of memory/.test(stderr) ? "JavaScript heap out of memory" : said?.[1];
  return words?.slice(0, 100).trim() ?? (signal === null ? `exit code ${code}` : `ended by ${signal}`);
}

/**
 * @typedef {{ wall: number, peak?: number, told: { errors?: number, entries?: number }, failure?: string }} Run milliseconds, MB; a failure in a few words
 * @param {import("./contenders.mjs").Contender} contender
 * @param {string} capture
 * @param {{ folder: string, bound: number }} where a folder for what it writes; the milliseconds it is given
 * @returns {Promise<Run>}
 */
export async function execute({ command, env = {}, exits = [0], tell = () => ({}) }, capture, { folder, bound }) {
  const [reportFile, peakFile] = [join(folder, "report.json"), join(folder, "peak.txt")];
  for (const file of [reportFile, peakFile]) rmSync(file, { force: true });
  const [program = "", ...words] = withPeak(command(capture, reportFile), peakFile);

  const begun = performance.now();
  // A group of its own, so that the bound ends what GNU time started too.
  const child = spawn(program, words, {
    cwd: folder,
    detached: true,
    env: { ...process.env, ...env, BENCH_PEAK_FILE: peakFile },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let isLate = false;
  const timer = setTimeout(() => {
    isLate = true;
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  }, bound);
  let [output, stderr] = ["", ""];
  child.stdout.setEncoding("utf8").on("data", (text) => {
    output += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text) => {
    stderr += text;
  });
  let wall = 0;
  child.on("exit", () => {
    wall = performance.now() - begun;
    clearTimeout(timer);
  });
  const [code, signal] = await new Promise((resolve, reject) => {
    child.on("error", reject).on("close", (...end) => resolve(end));
  });

  const readIfAny = (/** @type {string} */ file) => (existsSync(file) ? readFileSync(file, "utf8") : "");
  const peakText = readIfAny(peakFile).trim().split("\n").at(-1);
  const end = { wall, ...(peakText ? { peak: (Number(peakText) * 1024) / 1e6 } : {}), told: {} };
  if (isLate) return { ...end, failure: `> ${bound / 1000} s` };
  const failure = `fails: ${nameFailure(stderr, code, signal)}`;
  if (!exits.includes(code)) return { ...end, failure };
  try {
    return { ...end, told: tell(output, readIfAny(reportFile)) };
  } catch {
    // Some end with the exit code of findings where they found nothing out.
    return { ...end, failure };
  }
}
