import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit } from "../../src/audit.ts";
import { loadContract } from "../../src/contract/load.ts";
import type { Finding } from "../../src/model/finding.ts";
import { probeLive } from "../kit/live/probe-live.ts";

const contract = await loadContract("examples/probe/contract.yaml");

/** What a finding says, wherever it is read. */
function essence({ samples, ...finding }: Finding) {
  return {
    ...finding,
    samples: samples.map(({ entry, place, expected, found, evidence, url }) => ({ entry, place, expected, found, evidence, url })),
  };
}

test.each([
  [undefined, 500],
  ["course-admitted", 300],
  ["foreign-header-differs", 300],
  ["replay-repeats", 300],
  ["foreign-delay", 2000],
])("an audit of the recording finds what the run found, with the fault %s", async (fault, maxRequests) => {
  const folder = await mkdtemp(join(tmpdir(), "envelint-audit-"));
  try {
    const run = await probeLive({ contract, maxRequests, allowWrites: true, ...(fault && { faults: [fault] }) });
    expect(run.report.findings.length > 0).toBe(fault !== undefined);
    await writeFile(join(folder, "run.har"), run.recording);
    const again = await audit("run.har", { contract, cwd: folder, servers: run.report.probe?.target ?? "", maxSamples: 0 });
    expect(again.findings.map(essence)).toEqual(run.report.findings.map(essence));
    const verdicts = (of: typeof again) =>
      of.coverage.provisions.map(({ verdict }) => (verdict === "kept" || verdict === "broken" ? verdict : "open"));
    expect(verdicts(again)).toEqual(verdicts(run.report));
  } finally {
    await rm(folder, { recursive: true });
  }
});
