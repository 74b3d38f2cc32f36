import { readFile } from "node:fs/promises";
import { join, resolve } from "node:path";
import { gatherRules } from "../choose-rules.ts";
import { loadContract } from "../contract/load.ts";
import type { Row } from "../model/contract.ts";
import { type Provision, provisionsOf } from "../model/provision.ts";
import type { Rule } from "../model/rule.ts";
import { foreign, paragraph } from "../reporters/layout.ts";
import { paintOf } from "../reporters/look.ts";
import { isRuleFile, loadRules } from "../rule-files/load-rules.ts";
import { visibleLines } from "../syntax/terminal-text.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";
import { packageRoot } from "../yaml-source/package-root.ts";
import type { ConfigArguments } from "./audit-options.ts";
import { refuseStandardInput } from "./contract-file.ts";
import { describePromises, sourceOf } from "./describe-row.ts";
import { type Io, lookOf, print } from "./io.ts";
import { settle } from "./settle.ts";
import { didYouMean, UsageError } from "./usage.ts";

interface ExplainArguments extends ConfigArguments {
  readonly name?: string;
  readonly contract?: string;
}

/** `envelint explain`: a rule's page, or what a row of the contract promises. */
export async function run({ name = "", ...words }: ExplainArguments, io: Io): Promise<number> {
  if (isRuleFile(name)) return explainFile(name, io);
  const { given, settings } = await settle(words, io, "explain");
  const { contract: file } = given;
  const { all: rules } = await gatherRules(settings.rules ?? [], io.cwd);
  const rule = rules.find(({ id }) => id === name) ?? onlyOne(rules.filter(({ id }) => id.endsWith(`/${name}`)));
  if (rule !== undefined) {
    await (rule.docs === undefined
      ? print(io.stdout, await readFile(join(packageRoot(), "rules", `${rule.id}.md`), "utf8"))
      : printPage(rule.docs, rule.id, io));
    return 0;
  }
  const { explainProbes, probeIds } = await import("./explain-probe.ts");
  const about = explainProbes(name, lookOf(io.stdout, io.env));
  const some = rules.filter(({ id }) => matchesWildcard(id, name) || id.startsWith(`${name}/`));
  if (some.length > 0 || about !== undefined) {
    await print(io.stdout, `${some.length > 0 ? listRules(some, io) : ""}${about ?? ""}`);
    return 0;
  }
  refuseStandardInput(file);
  const contract = await loadContract(file, { cwd: io.cwd });
  const row = contract.row(name);
  const provision = provisionsOf(contract).find((candidate) => candidate.name === name);
  const operation = contract.operations.find((candidate) => candidate.name === name);
  if (row !== undefined) await print(io.stdout, explainRow(row, io));
  else if (provision !== undefined) await print(io.stdout, explainProvision(provision, io));
  else if (operation !== undefined)
    await print(io.stdout, `${foreign(operation.name)}  ${operation.templates.map((template) => foreign(template)).join(", ")}\n`);
  else {
    const names = [...provisionsOf(contract), ...contract.rows, ...contract.operations].map((candidate) => candidate.name);
    const near = didYouMean(name, [...rules.map(({ id }) => id), ...probeIds, ...names]);
    throw new UsageError(
      `"${name}" is no rule or probe, and no row, operation or provision of ${contract.file}.${near} "envelint rules" lists the rules.`,
      "explain",
    );
  }
  return 0;
}

/** The rules of a family or a glob. */
function listRules(some: readonly Rule[], io: Io): string {
  const longest = Math.max(...some.map(({ id }) => id.length));
  return `${some.flatMap(({ id, summary }) => paragraph(lookOf(io.stdout, io.env), `${id.padEnd(longest)}  `, foreign(summary))).join("\n")}\n`;
}

/** What a provision promises, in words. */
function explainProvision({ name, source }: Provision, io: Io): string {
  const [kind = "", of = "", part = ""] = name.split(":");
  const promises: Readonly<Record<string, string>> = {
    masking: `A ${of} of another account is answered as one that does not exist. A capture can break this promise, and never prove it kept.`,
    key: `${of} refuses a request without its idempotency key.`,
    replay: `${of}, repeated with its key, acts once.`,
    reuse: `${of} refuses a key that another request has used.`,
  };
  const look = lookOf(io.stdout, io.env);
  const { bold, dim } = paintOf(look);
  const place = `${source.file}:${source.line}`;
  const text = promises[kind === "masking" ? kind : part] ?? "";
  return `${[...paragraph(look, "", `${bold(foreign(name))}  ${dim(foreign(place))}`), ...paragraph(look, "  ", foreign(text)), ...paragraph(look, "  ", `The rules of ${kind} judge it: envelint explain ${kind}`)].join("\n")}\n`;
}

/** The pages of a rule file; one page may be for all its rules. */
async function explainFile(file: string, io: Io): Promise<number> {
  const pages = new Set((await loadRules(file, io.cwd)).map(({ docs }) => docs ?? ""));
  for (const page of pages) await printPage(page, file, io);
  return 0;
}

async function printPage(page: string, of: string, io: Io): Promise<void> {
  if (!page.endsWith(".md")) throw new UsageError(`${of} has no page beside it: write one under the same name with .md.`, "explain");
  const text = await readFile(resolve(io.cwd, page), "utf8").catch((error: Error) => {
    throw new UsageError(`The page ${page} cannot be read: ${error.message}`);
  });
  await print(io.stdout, visibleLines(text));
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
