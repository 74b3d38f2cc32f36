import yargs, { type Argv, type Options } from "yargs";
import { version } from "../version.ts";
import { type Command, type CommandGroup, commandList, nameOf } from "./command-list.ts";
import { auditOptions, commandNames } from "./command-words.ts";
import type { Io } from "./io.ts";
import { rewriteComplaint, UsageError } from "./usage.ts";

/** What the command line asks for: a text to be shown (help, version, completion), or a command to be run. */
export type Choice = { readonly text: string } | { readonly run: (io: Io) => Promise<number> };

type Given = Record<string, unknown>;

/** Reads the command line. Nothing is run, and no command's code is loaded, before this is done. */
export function choose(argv: readonly string[], width: number): Choice {
  let vocabulary = { command: "audit", options: Object.keys(auditOptions), commands: [] as readonly string[] };
  /** A command's options, and what its words may be, should yargs complain of one. */
  const declare = (command: string, options: Record<string, Options>, commands: readonly string[] = []) => {
    return (cli: Argv): Argv => {
      vocabulary = { command, options: [...Object.keys(options), "help", "version"], commands };
      return cli.options(options);
    };
  };
  const pick =
    ({ options = {}, run }: Command) =>
    (given: unknown) => {
      const words = withDash(given as Given);
      checkFlags(argv, options);
      const { command } = vocabulary;
      throw new Picked((io) => withHelpOf(command, () => run(onceEach(words, options), io, splitWords(argv)[1])));
    };
  const enlist = (cli: Argv, command: Command) =>
    cli.command(
      command.isDefault ? [command.form, "$0"] : command.form,
      command.says,
      (own) => {
        declare(nameOf(command), command.options ?? {})(own);
        if (command.usage !== undefined) own.usage(command.usage);
        for (const [name, describe] of Object.entries(command.words ?? {}))
          own.positional(name, { type: "string", array: command.form.includes(`${name}..`), describe });
        for (const [line, says] of command.examples ?? []) own.example(line, says);
        return own;
      },
      pick(command),
    );
  const enlistGroup = (cli: Argv, { form, says, commands }: CommandGroup) =>
    cli.command(form, says, (own) => {
      const names = commands.map((command) => nameOf(command).slice(form.length + 1));
      declare(form, {}, names)(own);
      own.usage(`$0 ${form} <command>`);
      for (const command of commands)
        own.command(command.form, command.says, declare(nameOf(command), command.options ?? {}), pick(command));
      return own.demandCommand(1, `"envelint ${form}" needs a command: ${names.join(", ")}.`);
    });

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
    });
  for (const command of commandList) "commands" in command ? enlistGroup(cli, command) : enlist(cli, command);
  cli
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
  try {
    cli.parse(plainWords(argv), {}, (_error, _given, output) => {
      text = output;
    });
  } catch (thrown) {
    if (thrown instanceof Picked) return { run: thrown.run };
    throw thrown;
  }
  return { text: text === "" ? "" : `${text.trimEnd()}\n` };
}

/** Thrown by the handler of a command: one that returned would have yargs set its whole help in lines, which takes as long as to read the words. */
class Picked extends Error {
  readonly run: (io: Io) => Promise<number>;

  constructor(run: (io: Io) => Promise<number>) {
    super("a command was picked");
    this.run = run;
  }
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
