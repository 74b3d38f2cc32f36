import { lstatSync, type Stats, statSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { nameFile } from "../yaml-source/name-file.ts";
import { ConfigError } from "./config-error.ts";

/** What a configuration may be called. */
export const configNames = ["envelint.config.yaml", "envelint.config.yml", "envelint.config.json", "envelint.config.mjs"] as const;

/**
 * Looks for a configuration from a folder upwards, as far as the folder of the repository (the one that holds `.git`) or the file system's root.
 * The nearest one counts. Gives its absolute path; undefined = there is none.
 *
 * @throws ConfigError where a folder has two, or where the one that is found is another user's: it may name code to run.
 */
export function findConfig(cwd: string): string | undefined {
  const start = resolve(cwd);
  for (let folder = start; ; folder = dirname(folder)) {
    const [found, second] = configNames.map((name) => join(folder, name)).filter((path) => look(path) !== undefined);
    if (found !== undefined && second !== undefined)
      throw refusal(nameFile(second, start), `stands beside ${nameFile(found, start)}`, "keep one of them, or name one with --config");
    if (found !== undefined) {
      if (!isTrusted(found, folder === start)) throw refusal(nameFile(found, start), "is another user's, and is not used", howToUse);
      return found;
    }
    if (look(join(folder, ".git")) !== undefined || folder === dirname(folder)) return undefined;
  }
}

const howToUse = "name it with --config if you trust it, or pass --no-config";

/** A fault of a file as a whole. */
function refusal(file: string, message: string, advice: string): ConfigError {
  return new ConfigError([{ file, line: 0, column: 0, path: "", message, advice }]);
}

/** A link's own entry, so that one that leads nowhere is not passed over. */
function look(path: string): Stats | undefined {
  try {
    return lstatSync(path);
  } catch {
    return undefined;
  }
}

/**
 * A file of the user's, or of the system's; whoever uses sudo still has his own. In the working directory also one of whoever owns that directory,
 * as in a container: it was chosen, whereas anybody may put a file into /tmp.
 */
function isTrusted(path: string, isHere: boolean): boolean {
  const user = process.geteuid?.();
  if (user === undefined) return true;
  const { SUDO_UID = "" } = process.env;
  const own = [0, user, ...(user === 0 && /^\d+$/.test(SUDO_UID) ? [Number(SUDO_UID)] : [])];
  if (isHere) own.push(statSync(dirname(path)).uid);
  return [look(path), statSync(path, { throwIfNoEntry: false })].every((about) => about === undefined || own.includes(about.uid));
}
