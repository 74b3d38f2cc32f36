import { resolve } from "node:path";
import { checkContractFile } from "./config/check-contract-file.ts";
import type { Config } from "./config/config.ts";
import { findConfig } from "./config/find-config.ts";
import type { AuditOptions } from "./options/options.ts";

/** What a configuration says, for `audit(captures, options)`. */
export interface LoadedConfig {
  /** As reports name it; undefined = there is none. */
  readonly file: string | undefined;
  /** Empty = it names none. */
  readonly captures: readonly string[];
  /** `NAME` or `NAME=FILE`; empty = it names none. */
  readonly formats: readonly string[];
  /** For `audit`; `cwd` is among them, since file names are relative to it. */
  readonly options: AuditOptions;
}

/**
 * Reads a configuration. One that is a module is run, with all the rights of the process.
 *
 * @param file Its file [the one found from `cwd` upwards; where there is none, nothing is said]
 * @throws ConfigError with every fault there is. Names of rules, rows and operations are looked up by `audit`, which then throws it.
 */
export async function loadConfig(file?: string, { cwd = process.cwd() }: { readonly cwd?: string } = {}): Promise<LoadedConfig> {
  const config = await findAndRead(file, cwd);
  if (config !== undefined) checkContractFile(config, cwd);
  return {
    file: config?.file,
    captures: config?.captures ?? [],
    formats: config?.formats ?? [],
    options: { ...config?.options, cwd },
  };
}

/** The configuration that is named, or else found; undefined = there is none, and nothing was loaded to read one. */
export async function findAndRead(file: string | undefined, cwd: string): Promise<Config | undefined> {
  const path = file === undefined ? findConfig(cwd) : resolve(cwd, file);
  if (path === undefined) return undefined;
  const [{ readConfig }, { formats }] = await Promise.all([import("./config/read-config.ts"), import("./reporters/formats.ts")]);
  return readConfig(path, resolve(cwd), [...formats.keys()]);
}
