import { visible } from "../syntax/terminal-text.ts";
import { version } from "../version.ts";
import { type Io, lookOf, print, processIo } from "./io.ts";

export { hasJudged } from "./report-run.ts";

/**
 * Runs the command line.
 *
 * @returns The exit code: 0 kept, 1 broken, 2 could not judge. Nothing is thrown, and the process is not ended.
 */
export async function main(argv: readonly string[], given?: Io): Promise<number> {
  let io = given;
  try {
    io ??= processIo();
    const captures = argv[0] === "audit" ? argv.slice(1) : argv;
    if (areSurelyCaptures(captures)) return await (await import("./audit.ts")).run({ captures }, io);
    const { choose } = await import("./commands.ts");
    const choice = choose(argv, lookOf(io.stdout, io.env).width);
    if ("run" in choice) return await choice.run(io);
    await print(io.stdout, choice.text);
    return 0;
  } catch (error) {
    const { stderr, env } = io ?? process;
    await print(stderr, `${await explainFailure(error)}\n`).catch(() => {});
    if (env.ENVELINT_DEBUG && error instanceof Error) await print(stderr, `${error.stack}\n`).catch(() => {});
    return 2;
  }
}

/** Words that are surely captures need no parser: `envelint traffic.har` starts faster without one. */
function areSurelyCaptures(words: readonly string[]): boolean {
  return words.length > 0 && words.every((word) => word === "-" || /^[^-]/.test(word)) && /[./\\*]|^-$/.test(words[0] ?? "");
}

/** One clear message: what, where, why, what to do. */
async function explainFailure(error: unknown): Promise<string> {
  if (!(error instanceof Error)) return internal(String(error));
  if (error.name === "UsageError") {
    const { helpOf } = error as Error & { helpOf?: string };
    return `envelint: ${visible(error.message)}${helpOf === undefined ? "" : ` See "envelint ${helpOf} --help".`}`;
  }
  if (error.name === "OptionError" || error.name === "RuleFileError") return `envelint: ${visible(error.message)}`;
  if (error.name === "ContractError" || error.name === "PlanError" || error.name === "ConfigError") {
    const { describeFault } = await import("../yaml-source/fault.ts");
    const { faults } = error as Error & { faults: Parameters<typeof describeFault>[0][] };
    return [
      `envelint: the ${nouns[error.name] ?? "contract"} cannot be used:`,
      ...faults.map((fault) => `  ${visible(describeFault(fault))}`),
    ].join("\n");
  }
  return internal(error.message);
}

const nouns: Readonly<Record<string, string>> = { PlanError: "plan", ConfigError: "configuration" };

function internal(message: string): string {
  return `envelint itself failed: ${visible(message)}. Please report it, with version ${version} and the command; ENVELINT_DEBUG=1 shows more.`;
}
