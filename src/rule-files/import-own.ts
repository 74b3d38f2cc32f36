import { existsSync, statSync } from "node:fs";
import { importModule, type ModuleError } from "./import-module.ts";
import { RuleFileError } from "./rule-file-error.ts";

/**
 * The default export of a module of the user's own. It runs with all the rights of the process.
 *
 * @param noun What the module is to the user: `rule file`, `reporter`.
 * @param file As the user named it; `path` is absolute.
 * @throws RuleFileError where there is none, or it cannot be loaded.
 */
export async function importOwn(noun: string, file: string, path: string): Promise<unknown> {
  if (!existsSync(path)) throw new RuleFileError(`There is no ${noun} ${file}. Check the path; it is relative to the working directory.`);
  const about = statSync(path);
  if (about.isDirectory()) throw new RuleFileError(`${file} is a folder. Name the ${noun} in it.`);
  if (!about.isFile()) throw new RuleFileError(`${file} is no regular file.`);
  try {
    return (await importModule(path)).default;
  } catch (error) {
    const { line, message } = error as ModuleError;
    throw new RuleFileError(`${file}${line === undefined ? "" : `:${line}`} cannot be loaded: ${message}`);
  }
}
