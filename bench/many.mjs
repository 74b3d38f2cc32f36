// `ENVELINT_CORPUS=<folder of captures> node bench/many.mjs [COUNT…]`: audits so many captures at once, the corpus over and over, and tells time
// and peak memory. The one should grow with the number, the other should not. The package must be built.
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const corpus = process.env.ENVELINT_CORPUS;
if (corpus === undefined) {
  console.log("skipped: ENVELINT_CORPUS names no folder of captures");
  process.exit(0);
}
const counts = process.argv.slice(2).map(Number);
const captures = readdirSync(corpus, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".har"));
const built = pathToFileURL(fileURLToPath(new URL("../dist/src/index.js", import.meta.url))).href;
const script = `
  const { audit } = await import(${JSON.stringify(built)});
  const started = performance.now();
  const { seen } = await audit(process.argv[1]);
  process.stdout.write(JSON.stringify({ ms: performance.now() - started, captures: seen.captures, peak: process.resourceUsage().maxRSS / 1024 }));`;

const folder = mkdtempSync(join(tmpdir(), "envelint-many-"));
console.log("| captures | MB | seconds | ms a capture | peak MB |\n|---|---|---|---|---|");
try {
  let bytes = 0;
  let written = 0;
  for (const count of counts.length > 0 ? counts : [590, 1180, 1770]) {
    mkdirSync(join(folder, "captures"), { recursive: true });
    for (; written < count; written++) {
      const capture = join(corpus, captures[written % captures.length] ?? "");
      bytes += statSync(capture).size;
      copyFileSync(capture, join(folder, "captures", `${String(written).padStart(6, "0")}.har`));
    }
    const { stdout, stderr, status } = spawnSync(process.execPath, ["--input-type=module", "-e", script, join(folder, "captures")], {
      encoding: "utf8",
    });
    if (status !== 0) throw new Error(stderr);
    const { ms, peak, captures: read } = JSON.parse(stdout);
    if (read !== count) throw new Error(`${read} of ${count} captures were read`);
    console.log(`| ${count} | ${(bytes / 1e6).toFixed(0)} | ${(ms / 1000).toFixed(2)} | ${(ms / count).toFixed(2)} | ${peak.toFixed(0)} |`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
