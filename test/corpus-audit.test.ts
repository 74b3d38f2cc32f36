import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { audit, exitCodeOf } from "../src/audit.ts";
import { loadContract } from "../src/contract/load.ts";
import { diff } from "../src/diff.ts";
import { merge } from "../src/merge.ts";
import { formatReport } from "../src/reporters/index.ts";

const corpus = process.env.ENVELINT_CORPUS;
if (corpus === undefined) console.log("ENVELINT_CORPUS is not set: real captures are not audited");
const root = fileURLToPath(new URL("..", import.meta.url));

describe.skipIf(corpus === undefined)("real captures", () => {
  const cwd = corpus ?? "";
  const counted = async (folder: string, contract: string) => {
    const report = await audit(folder, { cwd, contract: await loadContract(contract, { cwd: root }) });
    const found = report.findings.map(({ rule, note, count }) => `${rule} ${note}: ${count}`).sort();
    return { report, found };
  };

  it("say nothing of the built-in contract's API, and say what was seen instead", async () => {
    const report = await audit("captures", { cwd });
    expect(report.findings).toEqual([]);
    expect(exitCodeOf(report)).toBe(2);
    expect(report.unjudged.at(-1)).toMatch(/^Nothing in scope: of \d+ exchanges .* Name the API's with --server\.$/);
    expect(report.seen.exchanges).toBeGreaterThan(2500);
  });

  it("are audited alike with every entry parsed whole", async () => {
    const [fast, strict] = await Promise.all([audit("captures", { cwd }), audit("captures", { cwd, strict: true })]);
    expect(formatReport(strict, "json")).toBe(formatReport(fast, "json"));
  });

  it.each(["builtin:course-api", "builtin:github", "builtin:problem-details"])(
    "merge from shards to the bytes of one run: %s",
    async (name) => {
      const contract = await loadContract(name, { cwd: root });
      const folder = await mkdtemp(join(tmpdir(), "envelint-"));
      const parts: string[] = [];
      for (let index = 1; index <= 4; index++) {
        const part = join(folder, `part${index}.json`);
        await writeFile(part, formatReport(await audit("captures", { cwd, contract, shard: { index, of: 4 } }), "json"));
        parts.push(part);
      }
      const merged = await merge(parts, { cwd });
      await rm(folder, { recursive: true });
      expect(formatReport(merged, "json")).toBe(
        formatReport(await audit("captures", { cwd, contract, shard: { index: "all", of: 4 } }), "json"),
      );
      // And to those of one pass over all, but for what rules that compare captures could not see.
      const told = merged.coverage.notObservable.filter(({ reason }) => reason !== "not observable across shards");
      const whole = await audit("captures", { cwd, contract });
      expect(formatReport({ ...merged, coverage: { ...merged.coverage, notObservable: told } }, "json")).toBe(formatReport(whole, "json"));
    },
  );

  it("are not changed against themselves", async () => {
    const report = await diff("captures", "captures", { cwd, contract: await loadContract("builtin:github", { cwd: root }) });
    expect(report.findings).toEqual([]);
    expect(report.seen.errors).toBeGreaterThan(200);
  });

  // Each finding below was read by hand, and is true.
  it.each<[folder: string, contract: string, findings: string[]]>([
    ["captures/JupiterOne__graph-github", "builtin:github", ["masking/cacheable-refusal cacheable: 105"]],
    // Graph's approvals answer 404 with an empty code; the client asks three times, 0.2 s apart, after a 403 or 404 that is final.
    [
      "captures/JupiterOne__graph-azure",
      "examples/contracts/microsoft.yaml",
      ["client/retried-final retried: 10", "client/retried-final retried: 6", "envelope/malformed wrong-value: 15"],
    ],
    // Two token answers whose status was rewritten by hand.
    ["captures/JupiterOne__graph-google-cloud", "examples/contracts/google.yaml", ["envelope/missing absent: 2"]],
  ])("%s under %s", async (folder, contract, findings) => {
    expect((await counted(folder, contract)).found).toEqual(findings);
  });

  it("of an API that only half follows JSON:API", async () => {
    const report = await audit("captures/DataDog__datadog-api-client-typescript", {
      cwd,
      contract: await loadContract("examples/contracts/jsonapi.yaml", { cwd: root }),
      servers: ["https://api.datadoghq.com"],
    });
    const count = (rule: string) =>
      report.findings.filter((finding) => finding.rule === rule).reduce((sum, finding) => sum + finding.count, 0);
    // Lists of strings where error objects should be, and plain JSON's label on those that are right.
    expect([count("envelope/missing"), count("envelope/content-type"), count("envelope/param-unknown")]).toEqual([176, 24, 0]);
    // gRPC's own words, handed through.
    expect(count("disclosure/internals")).toBe(10);
    expect(report.findings.filter(({ subject }) => subject === "client")).toEqual([]);
    expect(report.unjudged).toEqual([]);
  });

  it.each(
    existsSync(join(cwd, "malformed"))
      ? readdirSync(join(cwd, "malformed"), { recursive: true, withFileTypes: true })
          .filter((entry) => entry.isFile())
          .map((entry) => join(entry.parentPath, entry.name))
      : [],
  )("%s ends in a message, never in green", async (file) => {
    const report = await audit(file, { cwd });
    expect(exitCodeOf(report)).toBe(2);
    expect(report.unjudged.length).toBeGreaterThan(0);
    for (const fault of report.faults) if (fault.severity === "error") expect(fault.line).toEqual(expect.any(Number));
  });
});
