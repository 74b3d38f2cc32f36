import { spawnSync } from "node:child_process";
import { pathToFileURL } from "node:url";
import { describeThrown } from "../syntax/thrown.ts";

/** A module of the user's that cannot be loaded: `message` says why, with what to do where that is known. */
export class ModuleError extends Error {
  override readonly name = "ModuleError";
  /** Where it is no JavaScript; undefined = that is not it. */
  readonly line: number | undefined;

  constructor(message: string, line: number | undefined) {
    super(message);
    this.line = line;
  }
}

/**
 * Runs a module of the user's, with all the rights of the process.
 *
 * @throws ModuleError
 */
export async function importModule(path: string): Promise<{ readonly default?: unknown }> {
  const { importFile } = await import("./import-file.ts");
  try {
    return await importFile(pathToFileURL(path).href);
  } catch (error) {
    const why = describeThrown(error);
    throw new ModuleError(adviceFor(error, why) ?? why, error instanceof SyntaxError ? lineOfSyntaxError(path) : undefined);
  }
}

/** What Node says of a module in its own words helps nobody who wrote one. */
function adviceFor(error: unknown, message: string): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === "ERR_UNKNOWN_FILE_EXTENSION") return "this Node runs no TypeScript. Compile it, or write it in JavaScript.";
  if (code === "ERR_MODULE_NOT_FOUND" && /package 'envelint'/.test(message))
    return "the package envelint is not installed where the file lies. Install it there: npm install -D envelint.";
  return undefined;
}

/** A module that does not parse names no line when it is imported; Node's own check does. */
function lineOfSyntaxError(path: string): number | undefined {
  const { stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8", timeout: 10_000 });
  const [, line] = /:(\d+)\r?\n/.exec(stderr ?? "") ?? [];
  return line === undefined ? undefined : Number(line);
}
