import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { runCommand } from "./run-command.ts";

/** A heading of a scenario page, with its console block. */
export interface Scenario {
  readonly title: string;
  readonly steps: readonly Step[];
}

/** A command line and what it prints: lines as they are, standard error's after "! ", then `[code]` unless it is 0. */
interface Step {
  readonly command: string;
  readonly expected: string;
}

/** The scenarios of a Markdown page. */
export function readScenarios(page: string): Scenario[] {
  return [...page.matchAll(/^## (.+)\n[\s\S]*?^```console\n([\s\S]*?)^```$/gm)].map(([, title = "", block = ""]) => ({
    title,
    steps: block
      .split(/^(?=\$ )/m)
      .filter((step) => step !== "")
      .map((step) => {
        const end = step.indexOf("\n");
        return { command: step.slice(2, end), expected: step.slice(end + 1) };
      }),
  }));
}

/** What a step prints in a folder, in the notation of the pages. */
export async function play(command: string, cwd: string): Promise<string> {
  const words = splitCommand(command);
  const env: Record<string, string> = {};
  while (/^[A-Z_]+=/.test(words[0] ?? "")) {
    const [name = "", value = ""] = (words.shift() ?? "").split("=");
    env[name] = value;
  }
  const [program, ...argv] = words;
  if (program === "cat") return readFile(join(cwd, argv[0] ?? ""), "utf8");
  if (program !== "envelint") throw new Error(`A scenario can run envelint and cat, not ${program}.`);
  const from = argv.indexOf("<");
  const stdin = from < 0 ? undefined : await readFile(join(cwd, argv[from + 1] ?? ""));
  const { TERMINAL, ...rest } = env;
  const ran = await runCommand(from < 0 ? argv : argv.slice(0, from), {
    cwd,
    env: rest,
    ...(stdin !== undefined && { stdin }),
    ...(TERMINAL !== undefined && { terminal: Number(TERMINAL) }),
  });
  const errors = ran.stderr === "" ? "" : ran.stderr.replace(/\n$/, "").replace(/^/gm, "! ").concat("\n");
  return `${legible(ran.stdout)}${legible(errors)}${ran.exitCode === 0 ? "" : `[${ran.exitCode}]\n`}`;
}

/** Whether a text is what is expected, where a line "..." stands for any lines. */
export function isExpected(text: string, expected: string): boolean {
  const pattern = expected.split(/^\.\.\.\n/m).map((part) => part.replace(/[\\^$.*+?()[\]{}|]/g, "\\$&"));
  return new RegExp(`^${pattern.join("(?:.*\\n)*")}$`).test(text);
}

/** Colours as a page can show them: ‹31›red‹39›. */
function legible(text: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the colours.
  return text.replace(/\u001b\[([0-9;]*)m/g, "‹$1›");
}

function splitCommand(command: string): string[] {
  return [...command.matchAll(/'([^']*)'|((?:[^\s']|'[^']*')+)/g)].map(([, quoted, bare = ""]) => quoted ?? bare.replaceAll("'", ""));
}
