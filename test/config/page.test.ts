import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { fillKeyTables } from "../../scripts/generate.mjs";
import type { Report } from "../../src/model/report.ts";
import { runCommand } from "../cli/run-command.ts";
import { isExpected } from "../cli/scenario.ts";
import { makeFolder } from "./kit.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const page = read("docs/configuration.md");
const { folder, write } = makeFolder();
const block = (kind: string) => new RegExp(`^\`\`\`${kind}\\n([\\s\\S]*?)^\`\`\`$`, "m").exec(page)?.[1] ?? "";

test("the tables of keys are those of the schema (npm run generate)", () => {
  expect(page).toBe(fillKeyTables(page, read("schemas/config.schema.json")));
});

test("the configuration on the page does what the page says", async () => {
  write("envelint.config.yaml", block("yaml"));
  write("shop.yaml", read("test/cli/fixtures/shop.yaml"));
  write("captures/bad.har", read("test/cli/fixtures/bad.har"));

  const [, words = "", printed = ""] = /^\$ envelint (.*)\n([\s\S]*)$/.exec(block("console")) ?? [];
  const shown = await runCommand(words.split(" "), { cwd: folder });
  expect(shown.stderr).toBe("");
  expect(isExpected(shown.stdout, printed), shown.stdout).toBe(true);

  const { exitCode } = await runCommand([], { cwd: folder });
  expect(exitCode).toBe(0);
  const report = JSON.parse(readFileSync(join(folder, "report.json"), "utf8")) as Report;
  expect(report.findings.map(({ rule, severity }) => [rule, severity])).toEqual([["rate-limit/retry-after-missing", "warning"]]);
  expect(report.ignored.map(({ rule, ignore }) => [rule, ignore.reason, ignore.until])).toEqual([
    ["pairing/type-mismatch", "SHOP-7: the catalogue is being moved", "2999-12-31"],
  ]);
  expect(report.coverage.rows.find(({ row }) => row === "not-found")?.verdict).toBe("broken");
  expect((await runCommand(["--fail-on", "warning"], { cwd: folder })).exitCode).toBe(1);
  expect((await runCommand(["--require", "bad-order"], { cwd: folder })).exitCode).toBe(2);
});

test("the module on the page is one", async () => {
  const [, module = ""] = /^```js\n(export default[\s\S]*?)^```$/m.exec(page) ?? [];
  write("module/envelint.config.mjs", module);
  write("module/shop.yaml", read("test/cli/fixtures/shop.yaml"));
  const { stdout } = await runCommand(["config", "--json"], { cwd: join(folder, "module") });
  expect(JSON.parse(stdout).values.contract).toEqual({ value: "shop.yaml", from: "envelint.config.mjs" });
});

test("every key that the page names is one", () => {
  const { properties } = JSON.parse(read("schemas/config.schema.json")) as { properties: Record<string, unknown> };
  for (const [, key = ""] of page.matchAll(/^([a-z]\w+):/gm))
    if (page.indexOf(key) < page.indexOf("$ envelint")) expect(properties).toHaveProperty(key);
});

test("links lead somewhere", () => {
  for (const [, file = ""] of page.matchAll(/\]\(([^)#]+)/g)) expect(() => read(`docs/${file}`)).not.toThrow();
});
