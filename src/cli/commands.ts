import yargs, { type Argv, type Options } from "yargs";
import { version } from "../version.ts";
import {
  auditOptions,
  commandNames,
  contractCommands,
  diffOptions,
  explainOptions,
  mergeOptions,
  probeOptions,
  recordOptions,
  ruleCommands,
  rulesOptions,
  showConfigOptions,
  whichOptions,
} from "./command-words.ts";
import type { Io } from "./io.ts";
import { rewriteComplaint, UsageError } from "./usage.ts";

/** What the command line asks for: a text to be shown (help, version, completion), or a command to be run. */
export type Choice = { readonly text: string } | { readonly run: (io: Io) => Promise<number> };

type Given = Record<string, unknown>;

/** Reads the command line. Nothing is run, and no command's code is loaded, before this is done. */
export function choose(argv: readonly string[], width: number): Choice {
  let choice: Choice | undefined;
  let vocabulary = { command: "audit", options: Object.keys(auditOptions), commands: [] as readonly string[] };
  /** A command's options, and what its words may be, should yargs complain of one. */
  const declare = (command: string, options: Record<string, Options>, commands: readonly string[] = []) => {
    return (cli: Argv): Argv => {
      vocabulary = { command, options: [...Object.keys(options), "help", "version"], commands };
      return cli.options(options);
    };
  };
  const pick = (options: Record<string, Options>, run: (given: Given, io: Io) => Promise<number>) => (given: unknown) => {
    const words = withDash(given as Given);
    checkFlags(argv, options);
    const { command } = vocabulary;
    choice = { run: (io) => withHelpOf(command, () => run(onceEach(words, options), io)) };
  };

  // yargs 18 has this setting, its published types (17) not yet.
  const bare = yargs([], ".") as Argv & { usageConfiguration(settings: { readonly "hide-types": boolean }): Argv };
  const cli = bare
    .usageConfiguration({ "hide-types": true })
    .scriptName("envelint")
    .detectLocale(false)
    .exitProcess(false)
    .strict()
    .wrap(Math.min(100, width))
    .parserConfiguration({
      "boolean-negation": false,
      "camel-case-expansion": false,
      "dot-notation": false,
      "greedy-arrays": false,
      "parse-numbers": false,
      "parse-positional-numbers": false,
      "short-option-groups": false,
    })
    .fail((message, error) => {
      throw error instanceof UsageError ? error : rewriteComplaint(message ?? error.message, splitWords(argv)[0], vocabulary);
    })
    .command(
      ["audit [captures..]", "$0"],
      "Judge captures (HAR files, globs, folders, - for standard input) against a contract",
      (audit) =>
        declare(
          "audit",
          auditOptions,
        )(audit)
          .positional("captures", { type: "string", array: true, describe: "files, globs, folders, or -" })
          .example("$0 traffic.har", "against the contract that ships with envelint")
          .example("$0 captures --contract errors.yaml --format pretty --format json=report.json", "a folder, two reports"),
      pick(auditOptions, async (given, io) => (await import("./audit.ts")).run(given, io)),
    )
    .command(
      "diff [before] [after]",
      "Tell what changed in the errors of a server between two captures",
      (diff) =>
        declare(
          "diff",
          diffOptions,
        )(diff)
          .positional("before", { type: "string", describe: "captures made before the change: a file, folder, glob, or -" })
          .positional("after", { type: "string", describe: "captures made after it" })
          .example("$0 diff before/ after/ --contract errors.yaml", "exit 1 where clients may break"),
      pick(diffOptions, async (given, io) => (await import("./diff.ts")).run(given, io)),
    )
    .command(
      "probe [plan]",
      "Ask a live server for its errors, safely, and judge what it answers",
      (probe) =>
        declare(
          "probe",
          probeOptions,
        )(probe)
          .positional("plan", { type: "string", describe: "what is to be asked, of whom, as whom: a plan's file" })
          .example("$0 probe --init --contract errors.yaml > plan.yaml", "a plan to fill in")
          .example("$0 probe plan.yaml --dry-run", "what would be sent")
          .example("$0 probe plan.yaml --allow-writes --record run.har", "also what may change something"),
      pick(probeOptions, async (given, io) => (await import("./probe.ts")).run(given, io)),
    )
    .command(
      "merge [parts..]",
      "Make one report of the parts that audit --shard has judged",
      (merge) =>
        declare(
          "merge",
          mergeOptions,
        )(merge)
          .positional("parts", { type: "string", array: true, describe: "JSON reports of audit --shard I/N" })
          .example("$0 captures --shard 2/4 --format json=part2.json", "one of four jobs")
          .example("$0 merge part*.json --format pretty --format sarif=errors.sarif", "what all four have found"),
      pick(mergeOptions, async (given, io) => (await import("./merge.ts")).run(given, io)),
    )
    .command(
      "config [captures..]",
      "Print what is in force, and where each value comes from",
      (config) =>
        declare(
          "config",
          showConfigOptions,
        )(config).positional("captures", { type: "string", array: true, describe: "captures, as audit takes them" }),
      pick(showConfigOptions, async (given, io) => (await import("./config.ts")).run(given, io)),
    )
    .command(
      "record [command..]",
      "Run a command with a recording proxy between it and a server, and judge what the server answered",
      (record) =>
        declare(
          "record",
          recordOptions,
        )(record)
          .usage("$0 record --target URL [options] -- COMMAND...")
          .positional("command", { type: "string", array: true, describe: "behind --: what is run, with its own words" })
          .example("$0 record --target http://127.0.0.1:3000 -- npm test", "the tests ask at $ENVELINT_URL")
          .example("$0 record --target https://api.dev --env API_URL=/v1 --record run.har -- pytest", "at $API_URL; the recording is kept"),
      pick(recordOptions, async (given, io) => {
        const [, command] = splitWords(argv);
        const words = [given.command ?? []].flat() as string[];
        return (await import("./record.ts")).run({ ...given, command, misplaced: words.slice(0, words.length - command.length) }, io);
      }),
    )
    .command(
      "rules",
      "List the rules",
      declare("rules", rulesOptions),
      pick(rulesOptions, async (given, io) => (await import("./rules.ts")).run(given, io)),
    )
    .command("rule", "Check rules of your own", (rule) =>
      declare(
        "rule",
        {},
        ruleCommands,
      )(rule)
        .usage("$0 rule <command>")
        .command(
          "check <file>",
          "Tell whether a rule file holds rules, and whether their pages' examples give what they say; exit 1 where not",
          declare("rule check", explainOptions),
          pick(explainOptions, async (given, io) => (await import("./rule-check.ts")).run(given, io)),
        )
        .demandCommand(1, `"envelint rule" needs a command: ${ruleCommands.join(", ")}.`),
    )
    .command(
      "explain <name>",
      "Print a rule's page, what a probe asks, or what a row of the contract promises",
      (explain) =>
        declare(
          "explain",
          explainOptions,
        )(explain).positional("name", { type: "string", describe: "a rule's or a probe's id, or a row's name" }),
      pick(explainOptions, async (given, io) => (await import("./explain.ts")).run(given, io)),
    )
    .command("contract", "Check a contract, show it as a table, or ask which row a response meets", (contract) =>
      declare(
        "contract",
        {},
        contractCommands,
      )(contract)
        .usage("$0 contract <command>")
        .command(
          "check <files..>",
          "Tell every fault of contracts; exit 1 where there is one",
          declare("contract check", {}),
          pick({}, async (given, io) => (await import("./contract-check.ts")).run(given, io)),
        )
        .command(
          "table <file>",
          "Print the error table in Markdown",
          declare("contract table", {}),
          pick({}, async (given, io) => (await import("./contract-table.ts")).run(given, io)),
        )
        .command(
          "which <file>",
          "Tell which row a response meets; exit 1 where none does",
          declare("contract which", whichOptions),
          pick(whichOptions, async (given, io) => (await import("./contract-which.ts")).run(given, io)),
        )
        .demandCommand(1, `"envelint contract" needs a command: ${contractCommands.join(", ")}.`),
    )
    .command("completion", "Print a script that completes envelint's words in bash, zsh or fish", declare("completion", {}), () => {
      cli.showCompletionScript();
    })
    .version(version)
    .alias("help", "h")
    .epilogue(
      "Exit codes: 0 the contract is kept; 1 it is broken (findings at or above --fail-on); 2 something could not be judged.\n" +
        "A capture named like a command is given as ./rules, or after audit. After -- every word is a capture; for record, the command.",
    );

  let text = "";
  cli.parse(plainWords(argv), {}, (_error, _given, output) => {
    text = output;
  });
  return choice !== undefined && text === "" ? choice : { text: text === "" ? "" : `${text.trimEnd()}\n` };
}

/** Options that commands share are read by one function, which knows the audit's help alone. */
async function withHelpOf(command: string, run: () => Promise<number>): Promise<number> {
  try {
    return await run();
  } catch (error) {
    if (!(error instanceof UsageError) || error.helpOf !== "audit") throw error;
    throw new UsageError(error.message, command);
  }
}

/** Stands for "-", which yargs takes for no word at all. */
const standardInput = "<stdin>";

function withDash(given: Given): Given {
  const dash = (value: unknown): unknown => (Array.isArray(value) ? value.map(dash) : value === standardInput ? "-" : value);
  return Object.fromEntries(Object.entries(given).map(([name, value]) => [name, dash(value)]));
}

/** yargs takes `--strict=no` for false, and `--strict=yes` too. */
function checkFlags(argv: readonly string[], options: Record<string, Options>): void {
  for (const word of splitWords(argv)[0]) {
    const [, name = "", value = ""] = /^--([^=]+)=(.*)$/s.exec(word) ?? [];
    if (options[name]?.type === "boolean" && value !== "true" && value !== "false")
      throw new UsageError(`--${name} cannot be "${value}". It takes no value, or true or false.`);
  }
}

/** What stands before the first `--`, and after it. */
function splitWords(argv: readonly string[]): readonly [words: readonly string[], rest: readonly string[]] {
  const end = argv.indexOf("--");
  return end < 0 ? [argv, []] : [argv.slice(0, end), argv.slice(end + 1)];
}

/**
 * After `--` no word is an option or a command: one that looks like it is given a path. They are captures, but for `record`, which takes them
 * as they were written for the command that it runs.
 */
function plainWords(argv: readonly string[]): string[] {
  const [words, rest] = splitWords(argv);
  const pathed = rest.map((word) => (/^-./.test(word) || commandNames.includes(word) ? `./${word}` : word));
  return [...words, ...pathed].map((word) => (word === "-" ? standardInput : word));
}

/** Options that are not repeatable must not be repeated, and none may be empty. */
function onceEach(given: Given, options: Record<string, Options>): Given {
  for (const [name, { array, type, requiresArg }] of Object.entries(options)) {
    const value = given[name];
    if (array !== true && Array.isArray(value)) throw new UsageError(`--${name} was given ${value.length} times; it can be given once.`);
    if (requiresArg === true && [value].flat().includes("")) throw new UsageError(`--${name} needs a value.`);
    if (type === "boolean" && value !== undefined && typeof value !== "boolean") throw new UsageError(`--${name} takes no value.`);
  }
  return given;
}
