import { isContract } from "./contract/compile.ts";
import { severities, subjects } from "./model/finding.ts";
import {
  type Check,
  capital,
  checkEach,
  checkName,
  checkTexts,
  isCount,
  isFilled,
  isFlag,
  isFunction,
  isRecord,
  isText,
  quote,
  wrongKind,
} from "./option-checks.ts";
import type { AuditOptions } from "./options.ts";
import { isRuleFile } from "./rule-files/load-rules.ts";

/**
 * What `audit` was given, checked as if by a program without types: a setting that is misspelt must not pass for a kept contract.
 *
 * @throws TypeError for a value of the wrong kind, RangeError for one that is not allowed; each names the option, the value and what is allowed
 */
export function checkOptions(given: AuditOptions, caller = "audit", without: readonly string[] = []): void {
  checkEach(given, Object.fromEntries(Object.entries(auditChecks).filter(([name]) => !without.includes(name))), caller);
}

/** The words that say which captures are meant. */
export function checkTargets(targets: unknown, argument = "the first argument of audit"): readonly string[] {
  const words = typeof targets === "string" ? [targets] : targets;
  if (!Array.isArray(words)) throw wrongKind(argument, "a path, or an array of paths", targets);
  if (words.length === 0) throw new RangeError(`${capital(argument)} is empty: name a capture (a file, a glob, a folder, or -).`);
  checkTexts(argument, words);
  return words;
}

/** Why a text is no URL prefix to judge by; undefined = it is one. */
export function serverFault(prefix: string): string | undefined {
  const scheme = /^([^:/?#]+):\/\//.exec(prefix)?.[1]?.toLowerCase();
  const host = prefix.replace(/^[^:/?#]+:\/\//, "");
  const fits = (scheme === undefined || scheme === "http" || scheme === "https") && host !== "" && !/^[/?#:]|[\s*]/.test(host);
  return fits ? undefined : "is not a URL prefix. Write it like https://api.example.com/v1.";
}

/** What each option of an audit may be. */
export const auditChecks: Readonly<Record<keyof AuditOptions, Check>> = {
  contract(option, value) {
    if (typeof value !== "string" && !isContract(value))
      throw wrongKind(option, "a path, builtin:NAME or what loadContract returned", value);
  },
  servers(option, value) {
    const prefixes = typeof value === "string" ? [value] : value;
    if (!Array.isArray(prefixes)) throw wrongKind(option, "an array of URL prefixes", value);
    checkTexts(option, prefixes);
    for (const prefix of prefixes as string[]) {
      const fault = serverFault(prefix);
      if (fault !== undefined) throw new RangeError(`${capital(option)}: ${quote(prefix)} ${fault}`);
    }
  },
  accounts(option, value) {
    const form = 'an array such as [{ name: "alice", pattern: "alice-*.har" }]';
    if (!Array.isArray(value)) throw wrongKind(option, form, value);
    for (const account of value) {
      if (!isRecord(account)) throw wrongKind(`each of ${option}`, "an object with name and pattern", account);
      for (const key of ["name", "pattern"]) if (!isText(account[key])) throw wrongKind(`${option}: ${key}`, "a text", account[key]);
    }
  },
  rules(option, value) {
    const form = 'an array of pairs such as [["masking/*", "off"]]';
    if (!Array.isArray(value)) throw wrongKind(option, form, value);
    for (const pair of value) {
      if (!Array.isArray(pair) || pair.length < 1 || pair.length > 2)
        throw wrongKind(`each of ${option}`, 'a pair such as ["masking/*", "off"]', pair);
      const [pattern, severity] = pair as readonly unknown[];
      if (!isText(pattern)) throw wrongKind(`${option}: a rule`, "an id, a glob or a rule file", pattern);
      if (pair.length === 2 || !isRuleFile(pattern)) checkName(`${option}: ${quote(pattern)}`, severity, [...severities, "off"]);
    }
  },
  severities(option, value) {
    const form = 'an array such as [{ subject: "client", severity: "off" }]';
    for (const each of listOf(option, form, value)) {
      checkPattern(option, each, ["severity"]);
      checkName(`${option}: severity`, each.severity, [...severities, "off"]);
    }
  },
  ignores(option, value) {
    const form = 'an array such as [{ rule: "http/*", reason: "…", until: "2027-01-31" }]';
    for (const each of listOf(option, form, value)) {
      checkPattern(option, each, ["fingerprint", "reason", "until", "source"]);
      for (const key of ["reason", "until"]) if (!isText(each[key])) throw wrongKind(`${option}: ${key}`, "a text", each[key]);
      if (!isDay(each.until))
        throw new RangeError(`${capital(option)}: until cannot be ${quote(String(each.until))}. It takes a day such as 2027-01-31.`);
    }
  },
  baseline: isFilled("a file"),
  updateBaseline: isFlag,
  acceptNew: isFlag,
  shard(option, value) {
    const form = "an object such as { index: 1, of: 4 }";
    if (!isRecord(value)) throw wrongKind(option, form, value);
    const { index, of } = value;
    if (!isCountFrom1(of) || (index !== "all" && !(isCountFrom1(index) && index <= of)))
      throw new RangeError(
        `${capital(option)} cannot be ${JSON.stringify({ index, of })}. It takes ${form}: index from 1 to of, or "all".`,
      );
  },
  exchanges: isFlag,
  subjects(option, value) {
    if (!Array.isArray(value) || value.length === 0) throw wrongKind(option, 'an array such as ["server"]', value);
    for (const subject of value) checkName(`each of ${option}`, subject, subjects);
  },
  require(option, value) {
    if (!Array.isArray(value)) throw wrongKind(option, 'an array of names such as ["rate-limited"]', value);
    checkTexts(option, value);
  },
  minCoverage(option, value) {
    if (typeof value !== "number") throw wrongKind(option, "a number from 0 to 100", value);
    if (!(value >= 0 && value <= 100)) throw new RangeError(`${capital(option)} cannot be ${value}. It takes a number from 0 to 100.`);
  },
  failOn: (option, value) => checkName(option, value, [...severities, "never"]),
  maxSamples: isCount("a whole number; 0 stands for all"),
  together: isFlag,
  strict: isFlag,
  cwd: isFilled("a folder"),
  stdin(option, value) {
    const iterable = typeof value === "object" && value !== null && Symbol.asyncIterator in value;
    if (!iterable) throw wrongKind(option, "an async iterable of bytes or texts, such as process.stdin", value);
  },
  onProgress: isFunction,
};

function listOf(option: string, form: string, value: unknown): readonly Readonly<Record<string, unknown>>[] {
  if (!Array.isArray(value)) throw wrongKind(option, form, value);
  for (const each of value) if (!isRecord(each)) throw wrongKind(`each of ${option}`, "an object", each);
  return value;
}

/** A `FindingPattern`, and what else may stand beside it. */
function checkPattern(option: string, each: Readonly<Record<string, unknown>>, beside: readonly string[]): void {
  const form = { rule: isFilled("an id or a glob"), operation: isFilled("a name"), row: isFilled("a name") };
  const subject: Check = (name, value) => checkName(name, value, subjects);
  const any: Check = () => {};
  checkEach(each, { ...form, subject, ...Object.fromEntries(beside.map((name) => [name, any])) }, `each of ${option}`);
}

function isCountFrom1(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}

function isDay(value: unknown): boolean {
  const time = typeof value === "string" && /^\d{4}-\d\d-\d\d$/.test(value) ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  // 2027-02-30 would become the 2nd of March.
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(String(value));
}
