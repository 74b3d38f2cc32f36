// Reading a capture with envelint against readFile + JSON.parse: each in a process of its own, in turns.
//   npm run build && node bench/compare.mjs [--size 400MB] [--profile browser,api] [--rounds 3] [--dist dist]
import { spawnSync } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { makeCapture, parseSize } from "./make-capture.mjs";

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "400MB" },
    profile: { type: "string", default: "browser,api" },
    rounds: { type: "string", default: "3" },
    dist: { type: "string", default: fileURLToPath(new URL("../dist", import.meta.url)) },
  },
});
const captures = pathToFileURL(join(resolve(values.dist), "src/sources/captures.js")).href;

const tell = "process.stdout.write(JSON.stringify({ errors, peak: process.resourceUsage().maxRSS / 1024 }))";
/** @type {Record<string, string>} */
const readers = {
  "bare node": `const errors = 0; ${tell}`,
  "JSON.parse": `
    const { readFileSync } = await import("node:fs");
    let errors = 0;
    for (const { response } of JSON.parse(readFileSync(process.argv[1], "utf8")).log.entries)
      if (response.status >= 400) { JSON.parse(response.content.text); errors++; }
    ${tell}`,
  envelint: `
    const { openCaptures } = await import(${JSON.stringify(captures)});
    let errors = 0;
    for await (const event of (await openCaptures([process.argv[1]])).events()) {
      if (event.kind === "fault") throw new Error(event.fault.message);
      if (event.kind === "exchange" && event.exchange.response.status >= 400) { event.exchange.response.body.json(); errors++; }
    }
    ${tell}`,
};

/** @param {string} script @param {string} file */
function measure(script, file) {
  const start = performance.now();
  const { stdout, stderr, status } = spawnSync(process.execPath, ["--max-old-space-size=8192", "--input-type=module", "-e", script, file], {
    encoding: "utf8",
  });
  const wall = performance.now() - start;
  if (status !== 0) throw new Error(stderr);
  return { wall, .../** @type {{ errors: number, peak: number }} */ (JSON.parse(stdout)) };
}

/** @param {number[]} numbers */
const median = (numbers) => /** @type {number} */ (numbers.sort((a, b) => a - b)[numbers.length >> 1]);

const folder = await mkdtemp(join(tmpdir(), "envelint-bench-"));
try {
  for (const profile of values.profile.split(",")) {
    const file = join(folder, `${profile}.har`);
    const { bytes, entries } = await makeCapture({ profile, size: parseSize(values.size), out: file });
    /** @type {Map<string, ReturnType<typeof measure>[]>} */
    const runs = new Map();
    for (let round = 0; round < Number(values.rounds); round++)
      for (const [name, script] of Object.entries(readers)) {
        // A string of V8 holds no more: the whole-file route ends here.
        if (name === "JSON.parse" && bytes > 536_000_000) continue;
        runs.set(name, [...(runs.get(name) ?? []), measure(script, file)]);
      }
    if (new Set([...runs].flatMap(([name, list]) => (name === "bare node" ? [] : list.map(({ errors }) => errors)))).size > 1)
      throw new Error("the readers disagree on the number of errors");
    const walls = new Map([...runs].map(([name, list]) => [name, median(list.map(({ wall }) => wall))]));
    console.log(`\n${profile}: ${(bytes / 1e6).toFixed(0)} MB, ${entries} entries`);
    console.table(
      Object.fromEntries(
        [...runs].map(([name, list]) => {
          const wall = walls.get(name) ?? 0;
          const other = walls.get("JSON.parse");
          return [
            name,
            {
              "wall ms": Math.round(wall),
              "peak MB": Math.round(Math.max(...list.map(({ peak }) => peak))),
              "MB/s": name === "bare node" ? "" : Math.round(bytes / 1e3 / wall),
              "times faster than JSON.parse": other === undefined || name === "bare node" ? "" : (other / wall).toFixed(1),
            },
          ];
        }),
      ),
    );
    await rm(file);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
