import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fillProbeTables } from "../scripts/generate.mjs";
import { controlsAfter, probes } from "../src/probe/catalogue/index.ts";

test("the tables of probes are those of the catalogue (npm run generate)", () => {
  const page = readFileSync(new URL("../docs/probes.md", import.meta.url), "utf8");
  const all = [...probes, ...controlsAfter];
  expect(page).toBe(fillProbeTables(page, all));
  for (const { id } of all) expect(page).toContain(`| ${id} |`);
  expect(page).not.toMatch(/\| +\|/);
});
