// Fails where a ratio is three times worse than the recorded one: a slip, not noise. Under a minute.
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { makeCapture, parseSize } from "./make-capture.mjs";
import { compare } from "./measure.mjs";

/** @type {Record<string, { faster: number, peakMB: number }>} */
const recorded = JSON.parse(await readFile(new URL("recorded.json", import.meta.url), "utf8"));
const folder = await mkdtemp(join(tmpdir(), "envelint-smoke-"));
try {
  for (const [profile, { faster, peakMB }] of Object.entries(recorded)) {
    const file = join(folder, `${profile}.har`);
    await makeCapture({ profile, size: parseSize("100MB"), out: file });
    const results = compare(
      [
        ["JSON.parse", file],
        ["envelint, audit", file],
      ],
      3,
    );
    const audit = /** @type {{ wall: number, peak: number }} */ (results.get("envelint, audit"));
    const ratio = (results.get("JSON.parse")?.wall ?? 0) / audit.wall;
    console.log(
      `${profile}, 100 MB: audit ${ratio.toFixed(1)} times as fast as JSON.parse (recorded ${faster}), peak ${Math.round(audit.peak)} MB`,
    );
    if (ratio < faster / 3) throw new Error(`${profile}: ${ratio.toFixed(1)} is three times worse than the recorded ${faster}`);
    if (audit.peak > peakMB) throw new Error(`${profile}: a peak of ${Math.round(audit.peak)} MB is over the bound of ${peakMB} MB`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
