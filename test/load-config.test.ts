import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { audit, ConfigError, loadConfig } from "../src/index.ts";
import { makeFolder } from "./config/kit.ts";

const { folder, write } = makeFolder();
const fixture = (name: string) => readFileSync(new URL(`./cli/fixtures/${name}`, import.meta.url), "utf8");
for (const name of ["bad.har", "shop.yaml"]) write(name, fixture(name));
write("app/.keep");

test("what it gives is ready for audit, wherever it was found", async () => {
  write(
    "envelint.config.yaml",
    "contract: shop.yaml\ncaptures: bad.har\nignores: [{ rule: '*', reason: r, until: 2999-01-31 }]\nformats: json=out.json\n",
  );
  const { file, captures, formats, options } = await loadConfig(undefined, { cwd: join(folder, "app") });
  expect([file, captures, formats]).toEqual(["../envelint.config.yaml", ["../bad.har"], ["json=../out.json"]]);
  const report = await audit(captures, options);
  expect(report).toMatchObject({ verdict: "kept", findings: [], contract: { file: "../shop.yaml" } });
  expect(report.ignored.map(({ ignore }) => ignore.source)).toEqual(Array(2).fill({ file: "../envelint.config.yaml", line: 3 }));
});

test("where there is none it says nothing", async () => {
  write("none/.git");
  expect(await loadConfig(undefined, { cwd: join(folder, "none") })).toEqual({
    file: undefined,
    captures: [],
    formats: [],
    options: { cwd: join(folder, "none") },
  });
});

test("a name that meets nothing is told with its place when it is looked up", async () => {
  write(
    "other.yaml",
    "contract: shop.yaml\nrules:\n  pairings/*: off\nseverities:\n  - row: not-fond\n    severity: note\nrequire: rate-limted\n",
  );
  const { options } = await loadConfig("other.yaml", { cwd: folder });
  const error = await audit("bad.har", options).catch((error: unknown) => error);
  expect(error).toBeInstanceOf(ConfigError);
  expect((error as ConfigError).message.split("\n")).toEqual([
    'other.yaml:3:3: rules.pairings/*: meets no rule: "pairings/*" (did you mean "pairing/*"?)',
    'other.yaml:5:10: severities[0].row: meets no row of shop.yaml: "not-fond" (did you mean "not-found"?)',
    'other.yaml:7:10: require: meets no row, operation or provision of shop.yaml: "rate-limted" (did you mean "rate-limited"?)',
  ]);
});

test("the same names from a program are told without one", async () => {
  const cwd = folder;
  const refusal = (options: object) =>
    audit("bad.har", { contract: "shop.yaml", cwd, ...options }).catch((error: Error) => `${error.name}: ${error.message}`);
  expect(await refusal({ severities: [{ row: "not-fond", severity: "note" }] })).toBe(
    'OptionError: shop.yaml has no row "not-fond". Did you mean "not-found"?',
  );
  expect(await refusal({ ignores: [{ operation: "placeOrders", reason: "r", until: "2999-01-31" }] })).toBe(
    'OptionError: shop.yaml has no operation "placeOrders". Did you mean "placeOrder"?',
  );
  expect(await refusal({ ignores: [{ rule: "pairings/*", reason: "r", until: "2999-01-31" }] })).toContain(
    'OptionError: There is no rule "pairings/*".',
  );
});

test("a contract that is not there, and a file that is not there", async () => {
  write("lost.yaml", "contract: lost/shop.yaml\n");
  await expect(loadConfig("lost.yaml", { cwd: folder })).rejects.toThrow(
    /^lost\.yaml:1:1: contract: is no file that can be read: "lost\/shop\.yaml"/,
  );
  await expect(loadConfig("nowhere.yaml", { cwd: folder })).rejects.toThrow(/^nowhere\.yaml:1:1: cannot be read: there is no such file$/);
});
