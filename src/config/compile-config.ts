import { maskSecrets } from "../engine/mask.ts";
import type { Ignore, RuleChoice, SeverityOverride } from "../engine/settings.ts";
import type { Severity, Subject } from "../model/finding.ts";
import { itemsOf, memberOf, membersOf, type SourceMap, type SourceNode, textOf } from "../yaml-source/source-tree.ts";
import type { Config, ConfigOptions } from "./config.ts";
import { type Move, moveCapture, moveContract, moveFile, moveFormat, moveRuleFile } from "./relocate.ts";
import { textsOf } from "./texts-of.ts";
import { noteWritten } from "./written.ts";

/** What a tree says that has the right shape. */
export function compileConfig(tree: SourceMap, move: Move): Pick<Config, "captures" | "formats" | "options" | "keys"> {
  const node = (key: string) => memberOf(tree, key)?.node;
  const words = (key: string, change: (word: string, move: Move) => string = (word) => word) => {
    const written = node(key);
    return (
      written &&
      noteWritten(
        textsOf(written).map(({ text }) => change(text, move)),
        written,
      )
    );
  };
  return {
    captures: words("captures", moveCapture),
    formats: words("formats", moveFormat),
    options: present({
      contract: mapText(node("contract"), (text) => moveContract(text, move)),
      accounts: node("accounts") && accountsOf(node("accounts"), move),
      servers: words("servers"),
      subjects: words("subjects") as Subject[] | undefined,
      rules: rulesOf(node("customRules"), node("rules"), move),
      severities: node("severities") && itemsOf(node("severities")).map(overrideOf),
      ignores: node("ignores") && itemsOf(node("ignores")).map(ignoreOf),
      require: words("require"),
      minCoverage: scalarOf<number>(node("minCoverage")),
      failOn: scalarOf<Severity | "never">(node("failOn")),
      baseline: mapText(node("baseline"), (text) => moveFile(text, move)),
      maxSamples: scalarOf<number>(node("maxSamples")),
      together: scalarOf<boolean>(node("together")),
      strict: scalarOf<boolean>(node("strict")),
    }),
    keys: new Map(membersOf(tree).map(([key, { keyAt }]) => [key, keyAt])),
  };
}

/** Options that are not given must not be there. */
function present(options: { readonly [Name in keyof ConfigOptions]: ConfigOptions[Name] | undefined }): ConfigOptions {
  return Object.fromEntries(Object.entries(options).filter(([, value]) => value !== undefined)) as ConfigOptions;
}

function accountsOf(node: SourceNode | undefined, move: Move): NonNullable<ConfigOptions["accounts"]> {
  return membersOf(node).flatMap(([name, { node: files }]) =>
    textsOf(files).map(({ text }) => ({ name, pattern: moveCapture(text, move) })),
  );
}

/** The files first, so that what is said of rules is said of theirs as well. */
function rulesOf(files: SourceNode | undefined, rules: SourceNode | undefined, move: Move): readonly RuleChoice[] | undefined {
  if (files === undefined && rules === undefined) return undefined;
  return [
    ...textsOf(files).map(({ text, at, path }) =>
      noteWritten([moveRuleFile(text, move)] as const, { kind: "scalar", at, path, value: text }),
    ),
    ...membersOf(rules).map(([name, { keyAt, node }]) =>
      noteWritten([name, scalarOf<Severity | "off">(node) ?? "off"] as const, { kind: "scalar", at: keyAt, path: node.path, value: name }),
    ),
  ];
}

/** Names of those keys of an entry that have texts. */
const patternKeys = ["rule", "subject", "operation", "row", "fingerprint"] as const;

function overrideOf(node: SourceNode): SeverityOverride {
  return noteWritten({ ...patternOf(node), severity: scalarOf<Severity | "off">(memberOf(node, "severity")?.node) ?? "off" }, node);
}

function ignoreOf(node: SourceNode): Ignore {
  const [reason = "", until = ""] = ["reason", "until"].map((key) => textOf(memberOf(node, key)?.node));
  // Of a module no line is known; its first is where it begins.
  const source = { file: node.at.file, line: Math.max(1, node.at.line) };
  // Reports repeat the reason.
  return noteWritten({ ...patternOf(node), reason: maskSecrets(reason, []), until, source }, node);
}

function patternOf(node: SourceNode): Partial<Record<(typeof patternKeys)[number], string>> & { readonly subject?: Subject } {
  return Object.fromEntries(
    patternKeys.flatMap((key) => {
      const text = textOf(memberOf(node, key)?.node);
      return text === undefined ? [] : [[key, text]];
    }),
  );
}

function mapText(node: SourceNode | undefined, change: (text: string) => string): string | undefined {
  const text = textOf(node);
  return text === undefined ? undefined : change(text);
}

/** The value of a scalar whose kind the schema has made sure of. */
function scalarOf<Value>(node: SourceNode | undefined): Value | undefined {
  return node?.kind === "scalar" ? (node.value as Value) : undefined;
}
