import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let found: string | undefined;

/** The folder of the installed package: the nearest one upwards whose package.json is envelint's, be this file run from src or from dist. */
export function packageRoot(): string {
  if (found !== undefined) return found;
  for (let folder = dirname(fileURLToPath(import.meta.url)); ; folder = dirname(folder)) {
    const manifest = join(folder, "package.json");
    if (existsSync(manifest) && (JSON.parse(readFileSync(manifest, "utf8")) as { name?: string }).name === "envelint") {
      found = folder;
      return folder;
    }
    if (folder === dirname(folder)) throw new Error("envelint's own package.json was not found: the installation is damaged");
  }
}

/** The file of a shipped contract; it may not exist. */
export function builtinFile(name: string): string {
  return join(packageRoot(), "contracts", `${name}.yaml`);
}

/** Names of the contracts that ship with envelint, the default one first. */
export function builtinNames(): string[] {
  const names = readdirSync(join(packageRoot(), "contracts"))
    .filter((file) => file.endsWith(".yaml"))
    .map((file) => file.slice(0, -".yaml".length))
    .sort();
  return [defaultContract, ...names.filter((name) => name !== defaultContract)];
}

/** The contract used where none is named. */
export const defaultContract = "course-api";
