import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { makeRule as make } from "../scripts/new-rule.mjs";
import { readPage } from "./kit/page.ts";

const listOf = (family: string) => readFileSync(new URL(`../rules/${family}/index.ts`, import.meta.url), "utf8");

describe("a new rule", () => {
  it("is a rule, its page, and a line in its family's list", () => {
    const list = listOf("rate-limit");
    const files = make("rate-limit/reset-in-the-past", list);
    expect(Object.keys(files)).toEqual(["rate-limit/reset-in-the-past.ts", "rate-limit/reset-in-the-past.md", "rate-limit/index.ts"]);
    expect(files["rate-limit/reset-in-the-past.ts"]).toContain("export const resetInThePast: Rule");
    const changed = files["rate-limit/index.ts"] ?? "";
    expect(changed).toContain('import { resetInThePast } from "./reset-in-the-past.ts";');
    expect(changed.replace('import { resetInThePast } from "./reset-in-the-past.ts";\n', "").replace(/,\s*resetInThePast/, "")).toBe(
      list.replace(/,\s*\];\s*$/, "];\n"),
    );
  });

  it("begins the list of a family that has none yet", () => {
    const empty = 'import type { Rule } from "../../src/model/rule.ts";\n\nexport const tracing: readonly Rule[] = [];\n';
    expect(make("tracing/id-missing", empty)["tracing/index.ts"]).toBe(
      'import type { Rule } from "../../src/model/rule.ts";\nimport { idMissing } from "./id-missing.ts";\n\nexport const tracing: readonly Rule[] = [idMissing];\n',
    );
  });

  it("has a page in the house's format", () => {
    const page = readPage(make("rate-limit/reset-in-the-past", listOf("rate-limit"))["rate-limit/reset-in-the-past.md"] ?? "");
    expect(page.id).toBe("rate-limit/reset-in-the-past");
    expect(page.examples.map(({ kind, messages }) => [kind, messages])).toEqual([
      ["bad", ["The 418 came from a teapot."]],
      ["good", []],
    ]);
  });
});
