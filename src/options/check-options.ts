import { isContract } from "../contract/compile.ts";
import { severities, subjects } from "../model/finding.ts";
import { isRuleFile } from "../rule-files/load-rules.ts";
import { serverFault } from "../syntax/server-prefix.ts";
import { checkIgnores, checkOverrides } from "./check-finding-patterns.ts";
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

/** What each option of an audit may be. What commands have in common, the checks of their own take from here. */
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
  severities: checkOverrides,
  ignores: checkIgnores,
  config: isFilled("a file"),
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

function isCountFrom1(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 1;
}
