import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { audit } from "../src/audit.ts";
import { diff } from "../src/diff.ts";
import { formatReport } from "../src/reporters/index.ts";
import type { Expected } from "./kit/record/bad.ts";
import { sightings } from "./kit/record/sightings.ts";

const cwd = fileURLToPath(new URL("../examples/course-api/", import.meta.url));

describe("the example captures, judged by the built-in contract", () => {
  it("good.har keeps every promise, and shows every row of the contract kept", async () => {
    const report = await audit("good.har", { cwd });
    expect(report.findings).toEqual([]);
    expect(report.verdict).toBe("kept");
    expect(report.unjudged).toEqual([]);
    expect(report.coverage.rows.filter(({ verdict }) => verdict !== "kept")).toEqual([]);
  });

  it.each(["good.har", "bad.har", "client.har", "before.har", "after.har"])(
    "%s is audited alike with every entry parsed whole",
    async (name) => {
      const [fast, strict] = [await audit(name, { cwd }), await audit(name, { cwd, strict: true })];
      expect(formatReport(strict, "json")).toBe(formatReport(fast, "json"));
    },
  );

  it("bad.har breaks exactly the promises of expected.json", async () => {
    const report = await audit("bad.har", { cwd, maxSamples: 0 });
    const expected = JSON.parse(readFileSync(new URL("../examples/course-api/expected.json", import.meta.url), "utf8")) as Expected[];
    expect(sightings(report)).toEqual(expected.map(({ fault: _, ...sighting }) => sighting));
    expect(report.verdict).toBe("broken");
    expect(report.unjudged).toEqual([]);
  });

  it("client.har shows a client's misconduct, and a server that keeps every promise", async () => {
    const report = await audit("client.har", { cwd });
    expect(sightings(report).map(({ rule, note, entry }) => [rule, note, entry])).toEqual([
      ["client/key-missing", "absent", 0],
      ["client/retried-final", "retried", 2],
      ["client/retried-too-often", "tooOften", 7],
      ["client/key-reused", "reused", 9],
    ]);
    expect((await audit("client.har", { cwd, subjects: ["server"] })).verdict).toBe("kept");
  });

  it("after.har differs from before.har in what breaks clients", async () => {
    const kinds = async (before: string, after: string) =>
      (await diff(before, after, { cwd })).findings.map(({ rule, severity, row }) => [rule, severity, row]);
    expect(await kinds("before.har", "after.har")).toEqual([
      ["stability/status-changed", "error", "course-not-found"],
      ["stability/header-removed", "warning", "rate-limited"],
    ]);
    expect(await kinds("before.har", "before.har")).toEqual([]);
  });
});
