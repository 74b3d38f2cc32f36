import { readFile } from "node:fs/promises";
import { relative, resolve } from "node:path";
import { checkRulePage, type ExampleOutcome, isAsWritten, pageFaults } from "../check-rule.ts";
import { loadContract } from "../contract/load.ts";
import type { Rule } from "../model/rule.ts";
import { counted, foreign, paragraph } from "../reporters/layout.ts";
import { type Look, paintOf, signsOf } from "../reporters/look.ts";
import { loadRules } from "../rule-files/load-rules.ts";
import { type Page, readPage } from "../rule-files/read-page.ts";
import type { ConfigArguments } from "./audit-options.ts";
import { type Io, lookOf, print } from "./io.ts";
import { settle } from "./settle.ts";
import { UsageError } from "./usage.ts";

interface RuleCheckArguments extends ConfigArguments {
  readonly file?: string;
  readonly contract?: string;
}

/** `envelint rule check`: are the rules of a file rules, and do their pages' examples give what they say? Exit 1 where one does not. */
export async function run({ file = "", ...words }: RuleCheckArguments, io: Io): Promise<number> {
  const { given } = await settle(words, io, "rule check");
  const rules = await loadRules(file, io.cwd);
  const fallback = await loadContract(given.contract, { cwd: io.cwd });
  let failed = 0;
  for (const rule of rules) {
    const { name, page } = await pageOf(rule, io);
    const faults = pageFaults(rules, page);
    if (faults.length > 0) throw new UsageError(`The page ${name} is not whole: ${faults.join("; ")}.`);
    const outcomes = await checkRulePage(rule, page, fallback, name);
    const wrong = outcomes.filter((outcome) => !isAsWritten(outcome));
    failed += wrong.length;
    await print(io.stdout, `${describe(rule, name, outcomes, wrong, lookOf(io.stdout, io.env)).join("\n")}\n`);
  }
  return failed === 0 ? 0 : 1;
}

async function pageOf({ id, docs = "" }: Rule, io: Io): Promise<{ readonly name: string; readonly page: Page }> {
  const name = foreign(docs);
  const advice = "Write its page beside it, under the same name with .md; docs/your-own-rules.md shows the format.";
  if (!docs.endsWith(".md")) throw new UsageError(`The rule ${id} has no page. ${advice}`);
  const path = resolve(io.cwd, docs);
  const text = await readFile(path, "utf8").catch((error: Error) => {
    throw new UsageError(`The page ${name} cannot be read: ${error.message}`);
  });
  try {
    return { name: relative(io.cwd, path), page: readPage(text) };
  } catch (error) {
    throw new UsageError(`The page ${name} cannot be used: ${(error as Error).message}.`);
  }
}

function describe({ id }: Rule, page: string, outcomes: readonly ExampleOutcome[], wrong: readonly ExampleOutcome[], look: Look): string[] {
  const { good, error, bold, dim } = paintOf(look);
  const { kept, broken } = signsOf(look);
  const sum = `${counted(outcomes.length - wrong.length, "example")} of ${outcomes.length} as written`;
  const lines = paragraph(look, `${wrong.length === 0 ? good(kept) : error(broken)} `, `${bold(id)}: ${sum} ${dim(`(${foreign(page)})`)}`);
  for (const { line, kind, expected, found, crash } of wrong) {
    lines.push(...paragraph(look, "  ", `line ${line}: the ${kind} example is not as written`));
    if (crash !== undefined) lines.push(...paragraph(look, "    ", foreign(crash)));
    for (const message of expected) if (!found.includes(message)) lines.push(...paragraph(look, "    expected  ", foreign(message)));
    for (const message of found) if (!expected.includes(message)) lines.push(...paragraph(look, "    found     ", foreign(message)));
    if (found.length === 0 && crash === undefined) lines.push("    found     nothing");
  }
  return lines;
}
