// A whole audit, and reading alone, against readFile + JSON.parse: per byte, in one run, in turns, medians.
//   npm run build && node bench/compare.mjs [--size 600MB] [--parse-size 400MB] [--profile browser,api] [--rounds 3]
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { makeCapture, parseSize } from "./make-capture.mjs";
import { compare } from "./measure.mjs";

const { values } = parseArgs({
  options: {
    size: { type: "string", default: "600MB" },
    // A string of V8 ends at 536 MB, and with it the route by JSON.parse.
    "parse-size": { type: "string", default: "400MB" },
    profile: { type: "string", default: "browser,api" },
    rounds: { type: "string", default: "3" },
  },
});

const folder = await mkdtemp(join(tmpdir(), "envelint-bench-"));
try {
  for (const profile of values.profile.split(",")) {
    const large = await makeCapture({ profile, size: parseSize(values.size), out: join(folder, "large.har") });
    const small = await makeCapture({ profile, size: parseSize(values["parse-size"]), out: join(folder, "small.har") });
    const [largeFile, smallFile] = [join(folder, "large.har"), join(folder, "small.har")];
    const results = compare(
      [
        ["bare node", largeFile],
        ["JSON.parse", smallFile],
        ["envelint, reading", largeFile],
        ["envelint, audit", largeFile],
      ],
      Number(values.rounds),
    );
    const speed = (/** @type {string} */ name) =>
      (name === "JSON.parse" ? small.bytes : large.bytes) / 1e3 / (results.get(name)?.wall ?? 1);
    console.log(
      `\n${profile}: ${large.entries} entries, ${(large.bytes / 1e6).toFixed(0)} MB; JSON.parse of ${(small.bytes / 1e6).toFixed(0)} MB`,
    );
    console.table(
      Object.fromEntries(
        [...results].map(([name, { wall, peak }]) => [
          name,
          {
            "wall ms": Math.round(wall),
            "peak MB": Math.round(peak),
            "MB/s": name === "bare node" ? "" : Math.round(speed(name)),
            "times JSON.parse, per byte": name === "bare node" ? "" : (speed(name) / speed("JSON.parse")).toFixed(1),
          },
        ]),
      ),
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
