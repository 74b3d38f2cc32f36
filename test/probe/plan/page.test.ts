import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { fillKeyTables } from "../../../scripts/generate.mjs";
import { loadContract } from "../../../src/contract/load.ts";
import { planOf } from "./kit.ts";

const read = (path: string) => readFileSync(new URL(`../../../${path}`, import.meta.url), "utf8");
const page = read("docs/plan.md");

test("the tables of keys are those of the schema (npm run generate)", () => {
  expect(page).toBe(fillKeyTables(page, read("schemas/plan.schema.json")));
});

test("the plan on the page is one", async () => {
  const [, text = ""] = /^```yaml\n([\s\S]*?)^```$/m.exec(page) ?? [];
  const plan = await planOf(text, await loadContract());
  expect(plan.requests.map(({ operation }) => operation)).toEqual(["launchCourse", "anyCourse"]);
});
