// Does masking/timing-differs find a difference of five milliseconds, and none where there is none? Asks the kit's server live, run after run,
// and prints each run's verdict and resolution. The package must be built.
//   npm run build && node bench/timing.mjs [--runs 30] [--leaks 10] [--built ../dist]
import { execFileSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";

const { values } = parseArgs({
  options: {
    runs: { type: "string", default: "30" },
    leaks: { type: "string", default: "10" },
    built: { type: "string", default: "../dist" },
  },
});
const { probe } = await import(new URL(`${values.built}/src/index.js`, import.meta.url).href);
execFileSync(process.execPath, ["node_modules/typescript/bin/tsc", "-p", "tsconfig.kit.json"], {
  cwd: fileURLToPath(new URL("..", import.meta.url)),
  stdio: "inherit",
});
const { startServer } = await import("../.cache/kit/test/kit/server/server.js");
const { secrets } = await import("../.cache/kit/test/kit/server/store.js");

// A limit that no bench meets.
const server = await startServer({ limit: { requests: 1_000_000, window: 1_000 } });
const env = { ALICE: `Bearer ${secrets.alice}`, BOB: `Bearer ${secrets.bob}` };
const folder = await mkdtemp(join(tmpdir(), "envelint-timing-"));

/** As fast as it goes: the pace has no part in how long an answer takes. */
const plan = join(folder, "plan.yaml");
await writeFile(
  plan,
  `probe: 1
target: ${server.url}
contract: builtin:course-api
accounts: { alice: { credential: ALICE }, bob: { credential: BOB } }
resources:
  course: { alice: { own: crs_geometry }, bob: { own: crs_dynamics } }
requests:
  anyCourse: "GET /v1/courses/{course_id}"
limits: { requests: 1000, pace: 60000 }
`,
);

/** One run: was a difference told, and how far was it looked? */
async function run(/** @type {string[]} */ ...faults) {
  server.reset();
  server.use(...faults);
  const { findings, coverage, probe: ran } = await probe(plan, { env, probes: ["mask/timing"] });
  const { note = "nothing was asked" } = coverage.provisions.find(({ provision }) => provision === "masking:course") ?? {};
  return { isTold: findings.some(({ rule }) => rule === "masking/timing-differs"), note, sent: ran.sent };
}

try {
  const told = { quiet: 0, leaking: 0 };
  for (let index = 0; index < Number(values.runs); index++) {
    const { isTold, note, sent } = await run();
    if (isTold) told.quiet++;
    console.log(`without a leak, run ${index + 1}, ${sent} requests: ${note}`);
  }
  for (let index = 0; index < Number(values.leaks); index++) {
    const { isTold, note } = await run("foreign-delay");
    if (isTold) told.leaking++;
    console.log(`5 ms later, run ${index + 1}: ${note}`);
  }
  console.log(`told in ${told.quiet} of ${values.runs} runs without a leak, and in ${told.leaking} of ${values.leaks} with one of 5 ms`);
  if (told.quiet > 0 || told.leaking < Number(values.leaks)) process.exitCode = 1;
} finally {
  await server.close();
  await rm(folder, { recursive: true, force: true });
}
