import { nearestName } from "../syntax/nearest.ts";

/** A command that cannot be carried out as it was given: one message that says what, where, why and what to do. Exit 2. */
export class UsageError extends Error {
  override readonly name = "UsageError";
  /** The command whose help says more; undefined = help says no more. */
  readonly helpOf: string | undefined;

  constructor(message: string, helpOf?: string) {
    super(message);
    this.helpOf = helpOf;
  }
}

/** ` Did you mean "x"?`, or nothing where no name is near. */
export function didYouMean(name: string, candidates: Iterable<string>, show = (near: string) => `"${near}"`): string {
  const near = nearestName(name, candidates);
  return near === undefined ? "" : ` Did you mean ${show(near)}?`;
}

/** What the words of a command may be. */
export interface Vocabulary {
  /** `audit`, `contract check`. */
  readonly command: string;
  /** Options without dashes. */
  readonly options: readonly string[];
  /** Names of the commands that may follow. */
  readonly commands: readonly string[];
}

/** Says in one line what yargs complains of: with dashes, and the nearest name. */
export function rewriteComplaint(complaint: string, argv: readonly string[], { command, options, commands }: Vocabulary): UsageError {
  const of = (pattern: RegExp) => pattern.exec(complaint)?.[1];
  const unknown = of(/^Unknown (?:argument|command)s?: (.*)$/s);
  if (unknown !== undefined) return new UsageError(unknownWord(unknown, argv, options, commands), command);
  const hungry = of(/^Not enough arguments following: (.*)$/s);
  if (hungry !== undefined) return new UsageError(`--${hungry} needs a value.`, command);
  if (complaint.startsWith("Not enough non-option arguments"))
    return new UsageError(`"envelint ${command}" needs ${needsOf(command)}.`, command);
  const missing = of(/^Missing required arguments?: (.*)$/s);
  if (missing !== undefined)
    return new UsageError(
      `"envelint ${command}" needs ${missing
        .split(", ")
        .map((name) => `--${name}`)
        .join(" and ")}.`,
      command,
    );
  return new UsageError(complaint.replaceAll(/\s+/g, " "), command);
}

function needsOf(command: string): string {
  if (command === "explain") return "a rule's id or the name of a row";
  return command === "rule check" ? "a rule file" : "a contract's file";
}

function unknownWord(words: string, argv: readonly string[], options: readonly string[], commands: readonly string[]): string {
  const names = words.split(", ");
  const given = argv.find((word) => word.startsWith("-") && names.includes(word.replace(/^-+/, "").replace(/=.*$/s, "")));
  if (given !== undefined) {
    const joined = /^(--?[^\s=]+)\s+(.*)$/s.exec(given);
    if (joined !== null && options.includes((joined[1] ?? "").replace(/^-+/, "")))
      return `"${given}" is one word, so that it names no option. Write ${joined[1]}=${joined[2]}.`;
    const option = given.replace(/[=\s].*$/s, "");
    return `There is no option ${option}.${didYouMean(option.replace(/^-+/, ""), options, (near) => `--${near}`)}`;
  }
  const short = argv.find((word) => /^-[^-]/.test(word) && names.every((name) => word.includes(name)));
  if (short !== undefined) return `There is no option ${short}.`;
  const word = names[0] ?? "";
  if (commands.length > 0) return `There is no command "${word}".${didYouMean(word, commands)} Commands: ${commands.join(", ")}.`;
  return `"${words}" is one word too many.`;
}
