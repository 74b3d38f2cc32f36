import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runCommand } from "./cli/run-command.ts";

const cwd = fileURLToPath(new URL("..", import.meta.url));
const file = "./examples/your-own-rules/trace-id.mjs";
const guide = readFileSync(new URL("../docs/your-own-rules.md", import.meta.url), "utf8");

describe("the example of a rule of one's own", () => {
  it("is a rule whose page's examples are as written", async () => {
    const { exitCode, stdout } = await runCommand(["rule", "check", file], { cwd });
    expect(stdout).toBe("✔ tracing/trace-id-missing: 5 examples of 5 as written\n  (examples/your-own-rules/trace-id.md)\n");
    expect(exitCode).toBe(0);
  });

  it("runs in an audit, at the severity given", async () => {
    const words = ["examples/course-api/good.har", "--rule", `${file}=error`, "--format", "json"];
    const { exitCode, stdout } = await runCommand(words, { cwd });
    const { findings } = JSON.parse(stdout) as { findings: { rule: string; severity: string; docs: string }[] };
    expect(findings.length).toBeGreaterThan(0);
    for (const { rule, severity, docs } of findings)
      expect([rule, severity, docs]).toEqual(["tracing/trace-id-missing", "error", "examples/your-own-rules/trace-id.md"]);
    expect(exitCode).toBe(1);
  });

  it("is explained by its page", async () => {
    const { stdout } = await runCommand(["explain", file], { cwd });
    expect(stdout).toBe(readFileSync(new URL("../examples/your-own-rules/trace-id.md", import.meta.url), "utf8"));
  });
});

describe("the guide to rules of one's own", () => {
  it("names every member of a rule, and every hook", () => {
    const source = readFileSync(new URL("../src/rule-files/check-rule-shape.ts", import.meta.url), "utf8");
    const members = [...(/const members[\s\S]*?\n};/.exec(source)?.[0] ?? "").matchAll(/^ {2}(\w+):/gm)].map(([, name]) => name);
    const hooks = [...(/const hooks.*$/m.exec(source)?.[0] ?? "").matchAll(/(\w+): true/g)].map(([, name]) => name);
    expect([members.length, hooks.length]).toEqual([9, 5]);
    for (const name of [...members, ...hooks]) expect(guide).toContain(`\`${name}\``);
  });

  it("links to files that exist", () => {
    for (const [, link = ""] of guide.matchAll(/\]\((?!https?:)([^)#]+)/g))
      expect(() => readFileSync(new URL(`../docs/${link}`, import.meta.url))).not.toThrow(/ENOENT/);
  });
});
