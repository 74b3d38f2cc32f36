// Measures envelint against what else reads captures. README.md says what, and how.
//   npm run bench -- [--sizes 50MB,500MB,2GB] [--profiles browser,api] [--layout compact,pretty] [--parts captures,faulty,large-entry,start-up,rules]
//     [--rounds N] [--only ID,ID] [--bound SECONDS] [--keep DIR] [--record] | --smoke [--record] | --render
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureRules, measureSeries } from "./lib/measure.mjs";
import { plan } from "./lib/plan.mjs";
import { addResults } from "./lib/results.mjs";
import { smoke } from "./lib/smoke.mjs";
import { rulesCost } from "./report/goals.mjs";
import { printSeries } from "./report/print-series.mjs";
import { writeDocs } from "./report/write-docs.mjs";

const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "50MB,500MB,2GB" },
    profiles: { type: "string", default: "browser,api" },
    layout: { type: "string", default: "compact,pretty" },
    parts: { type: "string" },
    rounds: { type: "string" },
    only: { type: "string" },
    bound: { type: "string", default: "120" },
    keep: { type: "string" },
    smoke: { type: "boolean", default: false },
    record: { type: "boolean", default: false },
    render: { type: "boolean", default: false },
  },
});

/** A part of it was asked for, by whatever option: that is printed, and recorded only where that is asked for too. */
const isNarrowed = process.argv.slice(2).some((word) => /^--(?:sizes|profiles|layout|parts|rounds|only)\b/.test(word));
const isRecorded = values.only === undefined && (!isNarrowed || values.record);

/** The peers, unless they are here; without a network the run goes on, and says which it lacks. */
function installPeers() {
  const bench = fileURLToPath(new URL(".", import.meta.url));
  // npm writes this last.
  if (existsSync(join(bench, "node_modules/.package-lock.json"))) return;
  console.log("installing the peers into bench/node_modules");
  spawnSync("npm", ["ci", "--no-audit", "--no-fund"], { cwd: bench, stdio: "inherit", shell: process.platform === "win32" });
}

/** @param {import("./lib/measure.mjs").Where} where */
async function measureAll(where) {
  installPeers();
  // Whoever names captures means these alone.
  const namesCaptures = process.argv.slice(2).some((word) => /^--(?:sizes|profiles|layout)\b/.test(word));
  const parts = (values.parts ?? (namesCaptures ? "captures" : "captures,faulty,large-entry,start-up,rules")).split(",");
  const series = [];
  const choice = {
    sizes: values.sizes.split(","),
    profiles: values.profiles.split(","),
    layouts: values.layout.split(","),
    parts,
    ...(values.rounds === undefined ? {} : { rounds: Number(values.rounds) }),
    ...(values.only === undefined ? {} : { only: values.only.split(",") }),
  };
  for (const one of plan(choice).filter(({ contenders }) => contenders.length > 0)) {
    const measured = await measureSeries(one, where);
    console.log(printSeries(measured));
    series.push(measured);
    if (isRecorded) writeDocs(addResults({ series }));
  }
  if (!parts.includes("rules") || values.only !== undefined) return;
  const rules = await measureRules(where);
  console.log(`rules: ${Math.round(rulesCost(rules) ?? 0)} ns an entry`);
  if (isRecorded) writeDocs(addResults({ series, rules }));
}

if (values.render) writeDocs();
else {
  const folder = mkdtempSync(join(tmpdir(), "envelint-bench-"));
  if (values.keep !== undefined) mkdirSync(values.keep, { recursive: true });
  const where = {
    folder,
    captures: values.keep === undefined ? folder : resolve(values.keep),
    keep: values.keep !== undefined,
    bound: Number(values.bound) * 1000,
    say: (/** @type {string} */ line) => console.error(line),
  };
  try {
    if (values.smoke) {
      const faults = await smoke({ ...where, say: () => {} }, { record: values.record });
      for (const fault of faults) console.error(fault);
      if (faults.length > 0) process.exitCode = 1;
      else console.log("far off what is recorded is a ratio three times as high, or a peak half as much again: nothing is");
    } else await measureAll(where);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
