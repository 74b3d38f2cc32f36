import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../rules/index.ts";
import { fillRuleTables } from "../scripts/generate.mjs";

const read = (path: string) => readFileSync(new URL(`../${path}`, import.meta.url), "utf8");

test("the tables of rules are those of the rules and their pages (npm run generate)", () => {
  const page = read("docs/rules.md");
  expect(page).toBe(fillRuleTables(page, rules, (id) => read(`rules/${id}.md`)));
  for (const { id } of rules) expect(page).toContain(`(../rules/${id}.md)`);
  expect(page).not.toMatch(/\| +\|/);
});
