import { existsSync, readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rules } from "../rules/index.ts";
import { loadContract } from "../src/contract/load.ts";
import { parseContract } from "../src/contract/parse.ts";
import { judgeExchanges } from "./kit/judge-exchanges.ts";
import { readPage } from "./kit/page.ts";

const folder = new URL("../rules/", import.meta.url);
const builtin = await loadContract();

describe.each(rules.map((rule) => [rule.id, rule] as const))("%s", (id, rule) => {
  const file = new URL(`${id}.md`, folder);

  it("has a page in the house's format", () => {
    expect(existsSync(file)).toBe(true);
    const page = readPage(readFileSync(file, "utf8"));
    expect(page.id).toBe(id);
    expect(page.summary.length).toBeGreaterThan(10);
    for (const section of ["Why", "Bad", "Good", "Contract", "Source"]) expect([...page.sections.keys()]).toContain(section);
    expect(page.examples.filter((example) => example.kind === "bad")).not.toHaveLength(0);
    expect(page.examples.filter((example) => example.kind === "good")).not.toHaveLength(0);
  });

  if (!existsSync(file)) return;
  const page = readPage(readFileSync(file, "utf8"));
  it.each(page.examples.map((example) => [`${example.kind} example at line ${example.line}`, example] as const))(
    "%s",
    async (_, example) => {
      const contract = page.contract === undefined ? builtin : await parseContract(page.contract, { file: `${id}.md` });
      const report = await judgeExchanges(example.exchanges, contract, [rule]);
      expect(report.unjudged.filter((reason) => reason.includes("crashed"))).toEqual([]);
      expect(report.findings.map((finding) => finding.message).sort()).toEqual([...example.messages].sort());
      // Which provision a finding breaks is told by the finding, and by it alone.
      const broken = report.coverage.provisions.filter(({ verdict }) => verdict === "broken").map(({ provision }) => provision);
      expect(new Set(report.findings.flatMap(({ provision }) => provision ?? []))).toEqual(new Set(broken));
    },
  );
});

describe("the list of rules", () => {
  it("holds every rule of the folder once", () => {
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" })
      .map((name) => name.replaceAll("\\", "/"))
      .filter((name) => /^[^/]+\/[^/]+\.ts$/.test(name) && !name.endsWith("/index.ts"))
      .map((name) => name.replace(/\.ts$/, ""));
    expect(rules.map((rule) => rule.id).sort()).toEqual(files.sort());
  });
});
