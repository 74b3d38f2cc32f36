import type { RuleChoice } from "../engine/settings.ts";
import { severities, subjects } from "../model/finding.ts";
import type { AuditOptions } from "../options/options.ts";
import { isRuleFile } from "../rule-files/load-rules.ts";
import { serverFault } from "../syntax/server-prefix.ts";
import { didYouMean, UsageError } from "./usage.ts";

/** Where a command is told of its configuration. */
export interface ConfigArguments {
  readonly config?: string;
  readonly "no-config"?: boolean;
}

/** What yargs makes of `envelint audit`. */
export interface AuditArguments extends ConfigArguments {
  readonly captures?: readonly string[];
  readonly contract?: string;
  readonly server?: readonly string[];
  readonly account?: readonly string[];
  readonly rule?: readonly string[];
  readonly subject?: readonly string[];
  readonly require?: readonly string[];
  readonly "min-coverage"?: string;
  readonly "fail-on"?: string;
  readonly baseline?: string;
  readonly "update-baseline"?: boolean;
  readonly "accept-new"?: boolean;
  readonly shard?: string;
  readonly format?: readonly string[];
  readonly "max-samples"?: string;
  readonly together?: boolean;
  readonly strict?: boolean;
  readonly quiet?: boolean;
}

/** What the options say of an audit. */
export type Settings = Pick<
  AuditOptions,
  | "contract"
  | "servers"
  | "accounts"
  | "rules"
  | "subjects"
  | "require"
  | "minCoverage"
  | "failOn"
  | "baseline"
  | "updateBaseline"
  | "acceptNew"
  | "shard"
  | "maxSamples"
  | "together"
  | "strict"
>;

/** The audit's options, each checked before anything is read. */
export function readSettings(given: AuditArguments): Settings {
  return {
    ...(given.contract !== undefined && { contract: given.contract }),
    ...(given.server && { servers: given.server.map(readServer) }),
    ...(given.account && { accounts: given.account.map(readAccount) }),
    ...(given.rule && { rules: given.rule.map(readRule) }),
    ...(given.subject && { subjects: given.subject.map((name) => readName("--subject", name, subjects)) }),
    ...(given.require && { require: given.require.flatMap(readNames) }),
    ...(given["min-coverage"] !== undefined && { minCoverage: readPercent("--min-coverage", given["min-coverage"]) }),
    ...(given["fail-on"] !== undefined && { failOn: readFailOn(given["fail-on"]) }),
    ...readBaselineOptions(given),
    ...(given.shard !== undefined && { shard: readShard(given.shard) }),
    ...(given["max-samples"] !== undefined && { maxSamples: readCount("--max-samples", given["max-samples"]) }),
    ...(given.together !== undefined && { together: given.together }),
    ...(given.strict !== undefined && { strict: given.strict }),
  };
}

/** What of the options is about a baseline; `merge` has them too. */
export function readBaselineOptions(given: Pick<AuditArguments, "baseline" | "update-baseline" | "accept-new">) {
  return {
    ...(given.baseline !== undefined && { baseline: given.baseline }),
    ...(given["update-baseline"] && { updateBaseline: true }),
    ...(given["accept-new"] && { acceptNew: true }),
  };
}

function readFailOn(level: string): NonNullable<AuditOptions["failOn"]> {
  return readName("--fail-on", level, [...severities, "never"] as const);
}

function readShard(text: string): NonNullable<AuditOptions["shard"]> {
  const [, part = "", parts = ""] = /^(all|[1-9]\d{0,3})\/([1-9]\d{0,3})$/.exec(text) ?? [];
  const of = Number(parts);
  const index = part === "all" ? part : Number(part);
  if (part === "" || (index !== "all" && index > of))
    throw usage(`--shard cannot be "${text}". It takes I/N, such as 2/4: the second of four parts; or all/4.`);
  return { index, of };
}

function readServer(prefix: string): string {
  const fault = serverFault(prefix);
  if (fault !== undefined) throw usage(`--server ${prefix} ${fault}`);
  return prefix;
}

function readAccount(text: string): { name: string; pattern: string } {
  const [name, pattern] = splitAt(text, text.indexOf("="));
  if (name === "" || pattern === "")
    throw usage(`--account ${text} is not NAME=GLOB. Write it like --account alice='captures/alice-*.har'.`);
  return { name, pattern };
}

/** Whether there is such a rule is known when the rule files are loaded. */
function readRule(text: string): RuleChoice {
  const [id, severity] = splitAt(text, text.lastIndexOf("="));
  if (id === "" && isRuleFile(text)) return [text];
  if (id === "")
    throw usage(`--rule ${text} is not ID=SEVERITY. Write it like --rule masking/*=off, or name a rule file: ./checks/trace-id.mjs.`);
  return [id, readName(`--rule ${id}`, severity, [...severities, "off"] as const)];
}

function readName<Name extends string>(option: string, text: string, names: readonly Name[]): Name {
  const name = names.find((candidate) => candidate === text);
  if (name === undefined)
    throw usage(`${option} cannot be "${text}".${didYouMean(text, names)} It takes ${names.slice(0, -1).join(", ")} or ${names.at(-1)}.`);
  return name;
}

function readNames(list: string): string[] {
  const names = list.split(",").map((name) => name.trim());
  if (names.includes("")) throw usage(`--require ${list} holds an empty name. Write it like --require rate-limited,masking:course.`);
  return names;
}

function readPercent(option: string, text: string): number {
  const [, digits] = /^(\d{1,3}(?:\.\d+)?)%?$/.exec(text) ?? [];
  if (digits === undefined || Number(digits) > 100) throw usage(`${option} cannot be "${text}". It takes a number from 0 to 100.`);
  return Number(digits);
}

/** A whole number, zero or more. */
export function readCount(option: string, text: string, zero = "; 0 stands for all"): number {
  if (!/^\d{1,9}$/.test(text)) throw usage(`${option} cannot be "${text}". It takes a whole number${zero}.`);
  return Number(text);
}

function splitAt(text: string, index: number): [string, string] {
  return index < 0 ? ["", ""] : [text.slice(0, index), text.slice(index + 1)];
}

function usage(message: string): UsageError {
  return new UsageError(message, "audit");
}
