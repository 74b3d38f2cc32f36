import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describeThrown } from "../syntax/thrown.ts";
import { RuleFileError } from "./rule-file-error.ts";

/**
 * The default export of a module of the user's own. It runs with all the rights of the process.
 *
 * @param noun What the module is to the user: `rule file`, `reporter`.
 * @param file As the user named it; `path` is absolute.
 * @throws RuleFileError where there is none, or it cannot be loaded.
 */
export async function importModule(noun: string, file: string, path: string): Promise<unknown> {
  if (!existsSync(path)) throw new RuleFileError(`There is no ${noun} ${file}. Check the path; it is relative to the working directory.`);
  const about = statSync(path);
  if (about.isDirectory()) throw new RuleFileError(`${file} is a folder. Name the ${noun} in it.`);
  if (!about.isFile()) throw new RuleFileError(`${file} is no regular file.`);
  try {
    const { default: exported } = (await import(pathToFileURL(path).href)) as { readonly default?: unknown };
    return exported;
  } catch (error) {
    const why = describeThrown(error);
    const line = error instanceof SyntaxError ? lineOfSyntaxError(path) : undefined;
    throw new RuleFileError(`${file}${line === undefined ? "" : `:${line}`} cannot be loaded: ${adviceFor(error, why, noun) ?? why}`);
  }
}

/** What Node says of a module in its own words helps nobody who wrote a rule. */
function adviceFor(error: unknown, message: string, noun: string): string | undefined {
  const code = error instanceof Error ? (error as NodeJS.ErrnoException).code : undefined;
  if (code === "ERR_UNKNOWN_FILE_EXTENSION") return "this Node runs no TypeScript. Compile it, or write it in JavaScript.";
  if (code === "ERR_MODULE_NOT_FOUND" && /package 'envelint'/.test(message))
    return `the package envelint is not installed where the ${noun.replace(" file", "")} lies. Install it there: npm install -D envelint.`;
  return undefined;
}

/** A module that does not parse names no line when it is imported; Node's own check does. */
function lineOfSyntaxError(path: string): string | undefined {
  const { stderr } = spawnSync(process.execPath, ["--check", path], { encoding: "utf8", timeout: 10_000 });
  return /:(\d+)\r?\n/.exec(stderr ?? "")?.[1];
}
