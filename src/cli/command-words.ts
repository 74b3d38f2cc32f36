import type { Options } from "yargs";
import { formats } from "../reporters/formats.ts";

/** Names that cannot be given as a capture without a path: `./rules`. */
export const commandNames: readonly string[] = [
  "audit",
  "diff",
  "probe",
  "merge",
  "config",
  "record",
  "rules",
  "rule",
  "explain",
  "contract",
  "completion",
  "help",
];
const one = (describe: string, more: Options = {}): Options => ({ type: "string", requiresArg: true, describe, ...more });
const many = (describe: string): Options => one(describe, { array: true });
/** An option whose value may be empty takes any word after it. */
const mayBeEmpty = (describe: string): Options => ({ type: "string", nargs: 1, describe });
const flag = (describe: string): Options => ({ type: "boolean", describe });

/** Every command that is told of captures, contract or rules. */
const configOptions = {
  config: one("the configuration: a file  [envelint.config.yaml, found upwards]"),
  "no-config": flag("read no configuration"),
};
const contractOption = one("the contract: a file, or builtin:NAME  [builtin:course-api]");

/** `envelint audit`. */
export const auditOptions = {
  ...configOptions,
  contract: contractOption,
  server: many("judge only what goes to this URL prefix; repeatable  [found out]"),
  account: many("NAME=GLOB: whose traffic these captures hold; repeatable"),
  rule: many("ID=SEVERITY: error, warning, note or off; ID may be a glob such as masking/*, or a rule file of your own; repeatable"),
  subject: many("judge the conduct of server, client or capture alone; repeatable  [all]"),
  require: many("rows, operations or provisions that must have been put to the test, else exit 2; NAME,…"),
  "min-coverage": one("per cent of the rows that must have been put to the test, else exit 2  [0]"),
  "fail-on": one("exit 1 from this severity on: error, warning, note or never  [error]"),
  baseline: one("a file that lists known findings: those are told and do not fail  [none]"),
  "update-baseline": flag("take what is no longer found out of the baseline; new findings still fail"),
  "accept-new": flag("with --update-baseline: take new findings into it"),
  shard: one("I/N: judge the Ith of N parts of the captures; envelint merge makes one report of all; all/N: every part, here"),
  format: many(`NAME or NAME=FILE (${[...formats.keys()].join(", ")}, or a reporter of your own: ./mine.mjs); repeatable  [pretty]`),
  "max-samples": one("exchanges kept for each finding; 0 = all  [5]"),
  together: flag("the captures are of one run: judge their exchanges as one timeline"),
  strict: flag("parse every entry whole, also those no rule asks for"),
  quiet: flag("no progress and no summary on standard error"),
};
/** `envelint diff`: of the audit's options those that do not ask what one capture puts to the test. */
const {
  subject: _subject,
  require: _require,
  "min-coverage": _minCoverage,
  together: _together,
  shard: _shard,
  ...diffOptions
} = auditOptions;

export { diffOptions };

/** `envelint probe`: of the audit's options those that do not ask which captures are read. */
export const probeOptions = {
  ...configOptions,
  contract: one("the contract: a file, or builtin:NAME  [the plan's, else builtin:course-api]"),
  target: one("where requests go: scheme, host and base path  [the plan's]"),
  init: flag("write a commented plan for the contract to standard output, and ask nothing"),
  "dry-run": flag("print every request that would be sent, and what would stay untested and why"),
  probe: many("ask these probes alone; ID may be a glob such as mask/*; repeatable  [all]"),
  "max-requests": one("requests in all  [the plan's, else 100]"),
  "reads-only": flag("send nothing but reads (level 0)"),
  "allow-writes": flag("send what may change or create something (level 2)"),
  "allow-burst": flag("use up the account's rate limit (level 3)"),
  record: one("write the whole run as a HAR file, credentials masked"),
  announce: flag("name the probe in each request: X-Envelint-Probe"),
  seed: one("a number that makes the order and the made-up values of two runs the same  [drawn]"),
  rule: auditOptions.rule,
  require: auditOptions.require,
  "min-coverage": auditOptions["min-coverage"],
  "fail-on": auditOptions["fail-on"],
  format: auditOptions.format,
  "max-samples": auditOptions["max-samples"],
  quiet: flag("no live view and no summary on standard error"),
};
/** `envelint config`: the audit's options, to see what they change. */
export const showConfigOptions = { ...auditOptions, json: flag("as JSON") };
/** `envelint merge`: what is said of the whole. */
export const mergeOptions = {
  ...configOptions,
  baseline: auditOptions.baseline,
  "update-baseline": auditOptions["update-baseline"],
  "accept-new": auditOptions["accept-new"],
  "fail-on": one("exit 1 from this severity on  [the parts'; error where they say never]"),
  format: auditOptions.format,
  quiet: flag("no summary on standard error"),
};
export const rulesOptions = { ...configOptions, format: one("pretty or json  [pretty]") };
export const explainOptions = { ...configOptions, contract: contractOption };
/** `envelint record`: of the audit's options those that do not ask which captures are read, and whose conduct is judged. */
export const recordOptions = {
  target: one("the server: scheme, host, port and base path"),
  env: many("NAME or NAME=/PATH: the environment variable that tells the command where to ask; repeatable  [ENVELINT_URL]"),
  port: one("where the proxy listens, on 127.0.0.1  [one that is free]"),
  record: one("keep what passed as a HAR file, credentials masked"),
  ca: one("trust the authorities in this PEM file as well"),
  insecure: flag("take any certificate of the target's"),
  ...configOptions,
  contract: contractOption,
  rule: auditOptions.rule,
  require: auditOptions.require,
  "min-coverage": auditOptions["min-coverage"],
  "fail-on": auditOptions["fail-on"],
  baseline: auditOptions.baseline,
  "update-baseline": auditOptions["update-baseline"],
  "accept-new": auditOptions["accept-new"],
  format: auditOptions.format,
  "max-samples": auditOptions["max-samples"],
  quiet: flag("nothing on standard error but what the command writes"),
};
export const whichOptions = {
  status: one("the response's status, such as 404", { demandOption: true }),
  type: mayBeEmpty("the error's type; '' = it has none  [unknown]"),
  code: mayBeEmpty("the error's code; '' = it has none; a text such as 20404 meets the number too  [unknown]"),
  param: mayBeEmpty("the error's param; '' = it has none  [unknown]"),
  operation: one("an operation's name, or 'METHOD /path'  [any]"),
  header: many("'Name: value' of the response; repeatable"),
  envelope: one("the envelope the body is written in  [the default one]"),
};
