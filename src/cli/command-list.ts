import type { Options } from "yargs";
import {
  auditOptions,
  diffOptions,
  explainOptions,
  mergeOptions,
  probeOptions,
  recordOptions,
  rulesOptions,
  showConfigOptions,
  whichOptions,
} from "./command-words.ts";
import type { Io } from "./io.ts";

/** A command: its words, what it says of itself, and where its code is, loaded when it runs. */
export interface Command {
  /** As yargs reads it: `diff [before] [after]`. One of a group stands behind the group's own word, which `group` names. */
  readonly form: string;
  readonly group?: string;
  /** It is meant where no command is named. */
  readonly isDefault?: true;
  readonly says: string;
  readonly options?: Record<string, Options>;
  /** What its words are. */
  readonly words?: Readonly<Record<string, string>>;
  readonly usage?: string;
  readonly examples?: readonly (readonly [line: string, says: string])[];
  /** `rest`: the words behind `--`, as they were written. Gives the exit code. */
  run(given: Record<string, unknown>, io: Io, rest: readonly string[]): Promise<number>;
}

/** Commands that share a first word. */
export interface CommandGroup {
  readonly form: string;
  readonly says: string;
  readonly commands: readonly Command[];
}

/** `contract check` */
export function nameOf({ form, group }: Command): string {
  const [word = ""] = form.split(" ");
  return group === undefined ? word : `${group} ${word}`;
}

/** Every command, in the order of the help. */
export const commandList: readonly (Command | CommandGroup)[] = [
  {
    form: "audit [captures..]",
    isDefault: true,
    says: "Judge captures (HAR files, globs, folders, - for standard input) against a contract",
    options: auditOptions,
    words: { captures: "files, globs, folders, or -" },
    examples: [
      ["$0 traffic.har", "against the contract that ships with envelint"],
      ["$0 captures --contract errors.yaml --format pretty --format json=report.json", "a folder, two reports"],
    ],
    run: async (given, io) => (await import("./audit.ts")).run(given, io),
  },
  {
    form: "diff [before] [after]",
    says: "Tell what changed in the errors of a server between two captures",
    options: diffOptions,
    words: { before: "captures made before the change: a file, folder, glob, or -", after: "captures made after it" },
    examples: [["$0 diff before/ after/ --contract errors.yaml", "exit 1 where clients may break"]],
    run: async (given, io) => (await import("./diff.ts")).run(given, io),
  },
  {
    form: "probe [plan]",
    says: "Ask a live server for its errors, safely, and judge what it answers",
    options: probeOptions,
    words: { plan: "what is to be asked, of whom, as whom: a plan's file" },
    examples: [
      ["$0 probe --init --contract errors.yaml > plan.yaml", "a plan to fill in"],
      ["$0 probe plan.yaml --dry-run", "what would be sent"],
      ["$0 probe plan.yaml --allow-writes --record run.har", "also what may change something"],
    ],
    run: async (given, io) => (await import("./probe.ts")).run(given, io),
  },
  {
    form: "record [command..]",
    says: "Run a command with a recording proxy between it and a server, and judge what the server answered",
    options: recordOptions,
    words: { command: "behind --: what is run, with its own words" },
    usage: "$0 record --target URL [options] -- COMMAND...",
    examples: [
      ["$0 record --target http://127.0.0.1:3000 -- npm test", "the tests ask at $ENVELINT_URL"],
      ["$0 record --target https://api.dev --env API_URL=/v1 --record run.har -- pytest", "at $API_URL; the recording is kept"],
    ],
    run: async (given, io, command) => {
      const words = [given.command ?? []].flat() as string[];
      return (await import("./record.ts")).run({ ...given, command, misplaced: words.slice(0, words.length - command.length) }, io);
    },
  },
  {
    form: "merge [parts..]",
    says: "Make one report of the parts that audit --shard has judged",
    options: mergeOptions,
    words: { parts: "JSON reports of audit --shard I/N" },
    examples: [
      ["$0 captures --shard 2/4 --format json=part2.json", "one of four jobs"],
      ["$0 merge part*.json --format pretty --format sarif=errors.sarif", "what all four have found"],
    ],
    run: async (given, io) => (await import("./merge.ts")).run(given, io),
  },
  {
    form: "config [captures..]",
    says: "Print what is in force, and where each value comes from",
    options: showConfigOptions,
    words: { captures: "captures, as audit takes them" },
    run: async (given, io) => (await import("./config.ts")).run(given, io),
  },
  {
    form: "rules",
    says: "List the rules",
    options: rulesOptions,
    run: async (given, io) => (await import("./rules.ts")).run(given, io),
  },
  {
    form: "rule",
    says: "Check rules of your own",
    commands: [
      {
        form: "check <file>",
        group: "rule",
        says: "Tell whether a rule file holds rules, and whether their pages' examples give what they say; exit 1 where not",
        options: explainOptions,
        run: async (given, io) => (await import("./rule-check.ts")).run(given, io),
      },
    ],
  },
  {
    form: "explain <name>",
    says: "Print a rule's page, what a probe asks, or what a row of the contract promises",
    options: explainOptions,
    words: { name: "a rule's or a probe's id, or a row's name" },
    run: async (given, io) => (await import("./explain.ts")).run(given, io),
  },
  {
    form: "contract",
    says: "Check a contract, show it as a table, or ask which row a response meets",
    commands: [
      {
        form: "check <files..>",
        group: "contract",
        says: "Tell every fault of contracts; exit 1 where there is one",
        run: async (given, io) => (await import("./contract-check.ts")).run(given, io),
      },
      {
        form: "table <file>",
        group: "contract",
        says: "Print the error table in Markdown",
        run: async (given, io) => (await import("./contract-table.ts")).run(given, io),
      },
      {
        form: "which <file>",
        group: "contract",
        says: "Tell which row a response meets; exit 1 where none does",
        options: whichOptions,
        run: async (given, io) => (await import("./contract-which.ts")).run(given, io),
      },
    ],
  },
];
