import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { rules } from "../../rules/index.ts";
import { loadContract } from "../contract/load.ts";
import { packageRoot } from "../contract/package-root.ts";
import type { Row } from "../model/contract.ts";
import { foreign, paragraph } from "../reporters/layout.ts";
import { paintOf } from "../reporters/look.ts";
import { isRuleFile, loadRules } from "../rule-files/load-rules.ts";
import { visibleLines } from "../syntax/terminal-text.ts";
import { refuseStandardInput } from "./contract-file.ts";
import { describePromises, sourceOf } from "./describe-row.ts";
import { type Io, lookOf, print } from "./io.ts";
import { didYouMean, UsageError } from "./usage.ts";

/** `envelint explain`: a rule's page, or what a row of the contract promises. */
export async function run({ name = "", contract: file }: { readonly name?: string; readonly contract?: string }, io: Io): Promise<number> {
  if (isRuleFile(name)) return explainFile(name, io);
  const rule = rules.find(({ id }) => id === name) ?? onlyOne(rules.filter(({ id }) => id.endsWith(`/${name}`)));
  if (rule !== undefined) {
    await print(io.stdout, await readFile(join(packageRoot(), "rules", `${rule.id}.md`), "utf8"));
    return 0;
  }
  refuseStandardInput(file);
  const contract = await loadContract(file, { cwd: io.cwd });
  const row = contract.row(name);
  if (row === undefined) {
    const near = didYouMean(name, [...rules.map(({ id }) => id), ...contract.rows.map((candidate) => candidate.name)]);
    throw new UsageError(`"${name}" is neither a rule nor a row of ${contract.file}.${near} "envelint rules" lists the rules.`, "explain");
  }
  await print(io.stdout, explainRow(row, io));
  return 0;
}

/** The pages of a rule file; one page may be for all its rules. */
async function explainFile(file: string, io: Io): Promise<number> {
  const pages = new Set((await loadRules(file, io.cwd)).map(({ docs }) => docs ?? ""));
  for (const page of pages) {
    if (!page.endsWith(".md")) throw new UsageError(`${file} has no page beside it: write one under the same name with .md.`, "explain");
    const text = await readFile(resolve(io.cwd, page), "utf8").catch((error: Error) => {
      throw new UsageError(`The page ${page} cannot be read: ${error.message}`);
    });
    await print(io.stdout, visibleLines(text));
  }
  return 0;
}

function explainRow(row: Row, io: Io): string {
  const look = lookOf(io.stdout, io.env);
  const { bold, dim } = paintOf(look);
  const lines = [...paragraph(look, "", `${bold(foreign(row.name))}  ${dim(foreign(sourceOf(row)))}`)];
  for (const [name, promise] of describePromises(row)) lines.push(...paragraph(look, `  ${name.padEnd(11)}  `, foreign(promise)));
  return `${lines.join("\n")}\n`;
}

function onlyOne<Thing>(things: readonly Thing[]): Thing | undefined {
  return things.length === 1 ? things[0] : undefined;
}
