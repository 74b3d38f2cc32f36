import { spawnSync } from "node:child_process";
import { fileURLToPath, pathToFileURL } from "node:url";

const dist = fileURLToPath(new URL("../dist/src/", import.meta.url));
/** @param {string} module */
const built = (module) => JSON.stringify(pathToFileURL(dist + module).href);

const tell = "process.stdout.write(JSON.stringify({ errors, peak: process.resourceUsage().maxRSS / 1024 }))";

/**
 * What is measured, each in a process of its own: a script that counts the error answers of the capture in argv[1].
 * @type {Record<string, string>}
 */
export const contenders = {
  "bare node": `const errors = 0; ${tell}`,
  "JSON.parse": `
    const { readFileSync } = await import("node:fs");
    let errors = 0;
    for (const { response } of JSON.parse(readFileSync(process.argv[1], "utf8")).log.entries)
      if (response.status >= 400) { JSON.parse(response.content.text); errors++; }
    ${tell}`,
  "envelint, reading": `
    const { openCaptures } = await import(${built("sources/captures.js")});
    let errors = 0;
    for await (const batch of (await openCaptures([process.argv[1]])).batches()) for (const event of batch) {
      if (event.kind === "fault") throw new Error(event.fault.message);
      if (event.kind === "exchange" && event.exchange.response.status >= 400) { event.exchange.response.body.json(); errors++; }
    }
    ${tell}`,
  "envelint, audit": `
    const { audit } = await import(${built("audit.js")});
    const { formatReport } = await import(${built("reporters/index.js")});
    const report = await audit(process.argv[1]);
    if (report.unjudged.length > 0) throw new Error(report.unjudged[0]);
    formatReport(report, "json");
    const { errors } = report.seen;
    ${tell}`,
};

/**
 * Runs one contender over one capture: milliseconds, errors counted, peak MB.
 * @param {string} script
 * @param {string} file
 */
export function measure(script, file) {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--max-old-space-size=8192", "--input-type=module", "-e", script, file], {
    encoding: "utf8",
  });
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(stderr);
  return { wall, .../** @type {{ errors: number, peak: number }} */ (JSON.parse(stdout)) };
}

/**
 * Runs contenders in turns, so that a slow moment of the machine meets all of them.
 * @param {readonly (readonly [name: string, file: string])[]} plan
 * @param {number} rounds
 */
export function compare(plan, rounds) {
  /** @type {Map<string, ReturnType<typeof measure>[]>} */
  const runs = new Map(plan.map(([name]) => [name, []]));
  for (let round = 0; round < rounds; round++)
    for (const [name, file] of plan) runs.get(name)?.push(measure(/** @type {string} */ (contenders[name]), file));
  return new Map([...runs].map(([name, list]) => [name, summarise(list)]));
}

/** @param {ReturnType<typeof measure>[]} list */
function summarise(list) {
  const walls = list.map(({ wall }) => wall).sort((a, b) => a - b);
  return {
    wall: /** @type {number} */ (walls[walls.length >> 1]),
    peak: Math.max(...list.map(({ peak }) => peak)),
    errors: list[0]?.errors ?? 0,
  };
}
