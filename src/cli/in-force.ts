import { gatherRules } from "../choose-rules.ts";
import { writtenAt } from "../config/written.ts";
import { dayOf } from "../engine/ignore.ts";
import type { RuleChoice } from "../engine/settings.ts";
import type { Contract, SourceLine } from "../model/contract.ts";
import { subjects } from "../model/finding.ts";
import type { Json } from "../model/json.ts";
import type { Rule } from "../model/rule.ts";
import { isRuleFile } from "../rule-files/load-rules.ts";
import { matchesWildcard } from "../syntax/wildcard.ts";
import type { AuditArguments } from "./audit-options.ts";
import type { Settled } from "./settle.ts";

/** A value that is in force; `from` says for people where it comes from: `--contract`, `envelint.config.yaml:3`, `default`. */
export interface Sourced {
  readonly value: Json;
  readonly from: string;
  /** What else is to be known of it. */
  readonly note?: string;
}

/** One key: its whole value, or its parts where each has a place of its own. */
export type InForce = { readonly key: string } & (
  | Sourced
  | { readonly items: readonly Sourced[] }
  | { readonly members: readonly (Sourced & { readonly name: string })[] }
  /** Nothing is: what that means. */
  | { readonly nothing: string }
);

/** All that is in force for an audit, in the order of a configuration's keys. */
export async function listInForce(
  words: AuditArguments,
  { settings, captures, config, given }: Settled<AuditArguments>,
  contract: Contract,
  cwd: string,
): Promise<InForce[]> {
  const from = (key: string, isFlag: boolean, flag: string) => {
    const at = config?.keys.get(key);
    return isFlag ? `--${flag}` : at === undefined ? "default" : place(at);
  };
  const value = (key: string, given: unknown, flag: string, now: Json | undefined, nothing = "none"): InForce =>
    now === undefined || (Array.isArray(now) && now.length === 0)
      ? { key, nothing }
      : { key, value: now, from: from(key, given !== undefined, flag) };
  const { all, settings: ruleSettings } = await gatherRules(settings.rules ?? [], cwd);
  const effective = all.flatMap((rule) => setOf(rule, ruleSettings));
  const areOff = (pattern: string) => {
    const met = all.filter(({ id }) => matchesWildcard(id, pattern));
    return met.every((rule) => (effective.find(({ name }) => name === rule.id)?.value ?? rule.severity) === "off");
  };
  const today = dayOf(Date.now());
  return [
    value("contract", words.contract, "contract", given.contract ?? "builtin:course-api"),
    captures.length === 0
      ? { key: "captures", nothing: "none" }
      : { key: "captures", value: [...captures], from: words.captures?.length ? "the command line" : from("captures", false, "") },
    value("accounts", words.account, "account", accountsOf(settings), "told by the credentials"),
    settings.servers === undefined && contract.servers.length > 0
      ? { key: "servers", value: [...contract.servers], from: `the contract, ${contract.file}` }
      : value("servers", words.server, "server", [settings.servers ?? []].flat(), "found out from the traffic"),
    value("subjects", words.subject, "subject", [...(settings.subjects ?? subjects)]),
    items(
      "customRules",
      filesIn(settings.rules ?? []).map((choice) => ({ value: choice[0], from: placeOf(choice) ?? "--rule" })),
    ),
    effective.length === 0 ? { key: "rules", nothing: "each at its own severity" } : { key: "rules", members: effective },
    items(
      "severities",
      (settings.severities ?? []).map((override) => ({
        value: { ...override },
        from: placeOf(override) ?? "given",
        ...(override.rule !== undefined && areOff(override.rule) && { note: "its rules are off" }),
      })),
    ),
    items(
      "ignores",
      (settings.ignores ?? []).map(({ source: _, ...ignore }, index) => ({
        value: ignore,
        from: placeOf(settings.ignores?.[index] ?? {}) ?? "given",
        ...(ignore.until < today && { note: "it has expired" }),
      })),
    ),
    value("require", words.require, "require", [...(settings.require ?? [])]),
    value("minCoverage", words["min-coverage"], "min-coverage", settings.minCoverage ?? 0),
    value("failOn", words["fail-on"], "fail-on", settings.failOn ?? "error"),
    value("formats", words.format, "format", [...(given.format ?? ["pretty"])]),
    value("baseline", (words as { readonly baseline?: string }).baseline, "baseline", settings.baseline),
    value("maxSamples", words["max-samples"], "max-samples", settings.maxSamples ?? 5),
    value("together", words.together, "together", settings.together ?? false),
    value("strict", words.strict, "strict", settings.strict ?? false),
  ];
}

function items(key: string, list: readonly Sourced[]): InForce {
  return list.length === 0 ? { key, nothing: "none" } : { key, items: list };
}

/** What the last choice that means a rule sets it to; nothing where none does. */
function setOf(rule: Rule, settings: Awaited<ReturnType<typeof gatherRules>>["settings"]): (Sourced & { readonly name: string })[] {
  const last = settings.findLast(({ pattern }) => matchesWildcard(rule.id, pattern));
  if (last === undefined) return [];
  const from = placeOf(last.choice) ?? "--rule";
  return [{ name: rule.id, value: last.severity, from, ...(last.severity !== rule.severity && { note: `its own is ${rule.severity}` }) }];
}

function filesIn(choices: readonly RuleChoice[]): readonly RuleChoice[] {
  return choices.filter(([file], index) => isRuleFile(file) && choices.findIndex(([other]) => other === file) === index);
}

function accountsOf({ accounts }: Settled<AuditArguments>["settings"]): Json | undefined {
  if (accounts === undefined) return undefined;
  const names = [...new Set(accounts.map(({ name }) => name))];
  return Object.fromEntries(names.map((name) => [name, accounts.filter((account) => account.name === name).map(({ pattern }) => pattern)]));
}

function placeOf(value: object): string | undefined {
  const written = writtenAt(value);
  return written && place(written.at);
}

function place({ file, line }: SourceLine): string {
  return line === 0 ? file : `${file}:${line}`;
}
