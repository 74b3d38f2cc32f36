import { spawn } from "node:child_process";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = fileURLToPath(new URL("../../", import.meta.url));

interface Action {
  readonly inputs: Readonly<Record<string, { readonly default: string }>>;
  readonly outputs: Readonly<Record<string, { readonly value: string }>>;
  readonly runs: { readonly steps: readonly Step[] };
}

interface Step {
  readonly name: string;
  readonly id?: string;
  readonly run?: string;
  readonly uses?: string;
  readonly if?: string;
  readonly shell?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly "working-directory"?: string;
}

/** What came of an action's run. */
export interface ActionRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
  readonly outputs: Readonly<Record<string, string>>;
  /** What the job's summary shows. */
  readonly summary: string;
  /** Steps that a runner would have taken but that need GitHub. */
  readonly used: readonly string[];
}

/** Takes the steps of action.yml as a runner does, in a checkout; what needs GitHub itself is named and left out. */
export async function runAction(checkout: string, given: Readonly<Record<string, string>>): Promise<ActionRun> {
  const action = parse(await readFile(join(root, "action.yml"), "utf8")) as Action;
  for (const name of Object.keys(given)) if (action.inputs[name] === undefined) throw new Error(`The action has no input ${name}.`);
  const inputs = Object.fromEntries(Object.entries(action.inputs).map(([name, { default: value }]) => [name, given[name] ?? value]));
  const files = { GITHUB_OUTPUT: join(checkout, ".output"), GITHUB_STEP_SUMMARY: join(checkout, ".summary") };
  const steps: Record<string, Record<string, string>> = {};
  const used: string[] = [];
  let [stdout, stderr] = ["", ""];
  let exitCode = 0;
  for (const file of Object.values(files)) await writeFile(file, "");
  for (const step of action.runs.steps) {
    const fill = (text: string) => text.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => evaluate(expression, inputs, steps));
    if (exitCode !== 0 || (step.if !== undefined && fill(step.if) !== "true")) continue;
    if (step.run === undefined) {
      used.push(step.uses ?? "");
      continue;
    }
    await writeFile(files.GITHUB_OUTPUT, "");
    const env = Object.fromEntries(Object.entries(step.env ?? {}).map(([name, value]) => [name, fill(value)]));
    const cwd = join(checkout, fill(step["working-directory"] ?? "."));
    const ran = await shell(fill(step.run), cwd, { ...env, ...files, GITHUB_ACTION_PATH: root, CI: "true", GITHUB_ACTIONS: "true" });
    stdout += ran.stdout;
    stderr += ran.stderr;
    exitCode = ran.exitCode;
    if (step.id !== undefined) steps[step.id] = readOutputs(await readFile(files.GITHUB_OUTPUT, "utf8"));
  }
  const outputs = Object.entries(action.outputs).map(([name, { value }]) => [
    name,
    value.replace(/\$\{\{ (.*?) \}\}/g, (_, expression: string) => evaluate(expression, inputs, steps)),
  ]);
  const summary = await readFile(files.GITHUB_STEP_SUMMARY, "utf8");
  return { exitCode, stdout, stderr, outputs: Object.fromEntries(outputs), summary, used };
}

/** The expressions that action.yml uses: a value, a comparison with a text, and both of two. */
function evaluate(
  expression: string,
  inputs: Readonly<Record<string, string>>,
  steps: Readonly<Record<string, Record<string, string>>>,
): string {
  const parts = expression.split(" && ").map((part) => {
    const [, path = "", operator, text] = /^([\w.-]+)(?: (==|!=) '([^']*)')?$/.exec(part) ?? [];
    const [kind, name = "", , output = ""] = path.split(".");
    const value = kind === "inputs" ? inputs[name] : kind === "steps" ? (steps[name]?.[output] ?? "") : undefined;
    if (value === undefined) throw new Error(`The expression ${part} is none that is known here.`);
    return operator === undefined ? value : String((value === text) === (operator === "=="));
  });
  return parts.length === 1 ? (parts[0] ?? "") : String(parts.every((part) => part === "true"));
}

function readOutputs(text: string): Record<string, string> {
  return Object.fromEntries(
    text.split("\n").flatMap((line) => (line.includes("=") ? [[line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]] : [])),
  );
}

/** Runs a line as a runner's bash does. */
export function shell(
  line: string,
  cwd: string,
  env: Readonly<Record<string, string>>,
): Promise<{ exitCode: number; stdout: string; stderr: string }> {
  return new Promise((resolve, reject) => {
    const child = spawn("bash", ["--noprofile", "--norc", "-eo", "pipefail", "-c", line], {
      cwd,
      env: { PATH: process.env.PATH, HOME: process.env.HOME, ...env },
    });
    let [stdout, stderr] = ["", ""];
    child.stdout.on("data", (chunk) => {
      stdout += chunk;
    });
    child.stderr.on("data", (chunk) => {
      stderr += chunk;
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
  });
}
