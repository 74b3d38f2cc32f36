import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { fillKeyTables } from "../../scripts/generate.mjs";
import { ContractError } from "../../src/contract/contract-fault.ts";
import { type MatcherSource, makeMatcher } from "../../src/contract/matcher.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { whichRow } from "../../src/contract/which.ts";
import type { Json } from "../../src/model/json.ts";
import { runCommand } from "../cli/run-command.ts";

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), "utf8");
const page = read("docs/contract-language.md");
const head = "envelint: 1\ntitle: T\n";
const aRow = "errors: [{name: a, status: 400}]\n";

const folder = mkdtempSync(join(tmpdir(), "envelint-language-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** What stands between backticks. */
const spansOf = (cell = "") => [...cell.matchAll(/`([^`]+)`/g)].map(([, text = ""]) => text.replaceAll("\\|", "|"));

/** The rows of the table whose first line begins so. */
function tableOf(header: string): string[][] {
  const lines = page.slice(page.indexOf(`\n| ${header} |`) + 1).split("\n");
  const rows = lines.slice(2, lines.indexOf("")).map((line) => line.split(/(?<!\\)\|/).slice(1, -1));
  expect(rows.length).toBeGreaterThan(4);
  return rows;
}

test("the tables of keys are those of the schema (npm run generate)", () => {
  expect(page).toBe(fillKeyTables(page, read("schemas/contract.schema.json")));
});

describe("every contract loads, and every command prints what stands below it", () => {
  let contract = "";
  const cases: [command: string, contract: string, output: string][] = [];
  for (const [, kind, text = ""] of page.matchAll(/^```(\w+)\n([\s\S]*?)^```$/gm)) {
    if (kind === "yaml" && text.startsWith("envelint: 1")) {
      contract = text;
      test(text.split("\n", 2)[1] ?? "", () => expect(parseContract(text, { cwd: folder }).rows.length).toBeGreaterThan(0));
    }
    if (kind !== "console") continue;
    for (const part of text.split(/^\$ envelint /m).slice(1)) {
      const [command = "", ...output] = part.split("\n");
      cases.push([command, contract, output.join("\n")]);
    }
  }
  test.each(cases)("%s", async (command, text, output) => {
    const words = [...command.matchAll(/'([^']*)'|\S+/g)].map(([word, quoted]) => quoted ?? word);
    writeFileSync(join(folder, words.find((word) => word.endsWith(".yaml")) ?? ""), text);
    const { stdout, stderr } = await runCommand(words, { cwd: folder });
    expect(stderr).toBe("");
    expect(stdout).toBe(output);
  });
});

test.each(tableOf("operation"))("operation %s", (operation, is, isNot) => {
  const [template = ""] = spansOf(operation);
  const contract = parseContract(
    `${head}operations: {o: ${JSON.stringify(template)}}\nerrors: [{name: a, status: 400, operations: [o]}, {name: b, status: 400}]`,
  );
  const rowOf = (request: string) => {
    const which = whichRow(contract, { status: 400, operation: request });
    return which.kind === "met" ? which.row.name : which.kind;
  };
  for (const request of spansOf(is)) expect(rowOf(request), request).toBe("a");
  for (const request of spansOf(isNot)) expect(rowOf(request), request).toBe("b");
});

test("matchers, the more specific first", () => {
  const values = (cell = ""): (Json | undefined)[] => [
    ...spansOf(cell).map((text) => JSON.parse(text) as Json),
    ...(/\babsent\b/.test(cell) ? [undefined] : []),
  ];
  for (const [, , example, accepts, refuses] of tableOf("matcher")) {
    const [source = ""] = spansOf(example);
    const matcher = makeMatcher(parse(source) as MatcherSource);
    for (const value of values(accepts)) expect(matcher.accepts(value), `${source}: ${value}`).toBe(true);
    for (const value of values(refuses)) expect(matcher.accepts(value), `${source}: ${value}`).toBe(false);
  }
});

test.each(tableOf("fault"))("fault %s", (fault, example) => {
  const [words = ""] = spansOf(fault);
  const lines = spansOf(example).join("\n");
  const told: string[] = [];
  try {
    parseContract(`${head}${/^errors:/m.test(lines) ? "" : aRow}${lines}\n`, { cwd: folder });
  } catch (error) {
    if (!(error instanceof ContractError)) throw error;
    told.push(...error.faults.map(({ message }) => message));
  }
  expect(told).toEqual([expect.stringContaining(words)]);
  expect(told[0]?.startsWith(words)).toBe(true);
});

test("links lead somewhere", () => {
  const anchors = [...page.matchAll(/^#+ (.*)$/gm)].map(([, title = ""]) =>
    title
      .toLowerCase()
      .replaceAll(/[^\w -]/g, "")
      .replaceAll(" ", "-"),
  );
  for (const [, file = "", anchor] of page.matchAll(/\]\(([^)#]*)(?:#([^)]*))?\)/g)) {
    if (file === "") expect(anchors).toContain(anchor);
    else expect(() => readFileSync(new URL(`../../docs/${file}`, import.meta.url))).not.toThrow(/ENOENT/);
  }
});
