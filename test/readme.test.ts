import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { audit } from "../src/audit.ts";
import { parseContract } from "../src/contract/parse.ts";
import { formatReport } from "../src/reporters/index.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
const manifest = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8")) as { scripts: Record<string, string> };
const blocks = [...readme.matchAll(/```(\w*)\n([\s\S]*?)```/g)].map(([, kind = "", text = ""]) => ({ kind, text }));

describe("the README", () => {
  it("shows a finding as it is printed", async () => {
    const picture =
      blocks
        .find(({ text }) => text.startsWith("$ envelint"))
        ?.text.split("\n\n")
        .slice(1)
        .join("\n\n")
        .trim() ?? "";
    const report = await audit("examples/course-api/bad.har", { cwd: root });
    expect(picture).toMatch(/^✖ /);
    expect(formatReport(report, "pretty", { color: false, width: 80 })).toContain(picture);
  });

  it("holds a contract without faults", () => {
    const contract = blocks.find(({ kind }) => kind === "yaml")?.text ?? "";
    expect(parseContract(contract, { file: "README.md", cwd: root }).rows).toHaveLength(5);
  });

  it("names scripts that exist", () => {
    for (const [, script = ""] of readme.matchAll(/npm run (\S+)/g)) expect(Object.keys(manifest.scripts)).toContain(script);
  });

  it("links to files that exist", () => {
    for (const [, link = ""] of readme.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(() => readFileSync(new URL(`../${link}`, import.meta.url))).not.toThrow(/ENOENT/);
  });
});
