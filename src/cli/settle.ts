import { resolve } from "node:path";
import type { Config, ConfigOptions } from "../config/config.ts";
import { findAndRead } from "../load-config.ts";
import { type AuditArguments, type ConfigArguments, readSettings, type Settings } from "./audit-options.ts";
import { checkFoundFormats } from "./found-formats.ts";
import type { Io } from "./io.ts";
import { UsageError } from "./usage.ts";

/** What is in force for a command: the command line, and the configuration where that says nothing. */
export interface Settled<Given> {
  /** What was given, with the configuration's contract and formats where none were. */
  readonly given: Given;
  readonly settings: Settings & Omit<ConfigOptions, "contract"> & { readonly config?: string };
  /** Those given, else the configuration's. */
  readonly captures: readonly string[];
  /** undefined = there is none. */
  readonly config: Config | undefined;
}

/** What a command has no use for is passed over: one configuration is for all commands. */
const unused: Readonly<Record<string, readonly (keyof ConfigOptions)[]>> = {
  audit: [],
  diff: ["subjects", "require", "minCoverage", "together"],
  merge: ["contract"],
  // Recorded is one server, and judged is its conduct.
  record: ["accounts", "servers", "subjects", "together", "strict"],
  rules: ["contract"],
  // A plan's contract comes before the configuration's.
  probe: ["contract", "accounts", "servers", "subjects", "together", "strict", "baseline"],
};

/**
 * Joins the command line with the configuration: it wins, option by option, over the file; only rules given on it come after the file's.
 * Each option is checked before anything is read.
 */
export async function settle<Words extends AuditArguments>(given: Words, io: Io, command: string): Promise<Settled<Words>> {
  const own = readSettings(given);
  const config = await readConfigOf(given, io);
  if (config === undefined) return { given, settings: own, captures: given.captures ?? [], config };
  const options = Object.fromEntries(
    Object.entries(config.options).filter(([name]) => !unused[command]?.includes(name as keyof ConfigOptions)),
  ) as ConfigOptions;
  const { contract = options.contract } = given;
  if (given.contract === undefined && contract !== undefined)
    (await import("../config/check-contract-file.ts")).checkContractFile(config, io.cwd);
  if (given.format === undefined && given.config === undefined && config.formats !== undefined)
    await checkFoundFormats(config.formats, config.file, io.cwd);
  const rules = [...(options.rules ?? []), ...(own.rules ?? [])];
  const { captures = [] } = given;
  return {
    given: {
      ...given,
      config: config.file,
      ...(contract !== undefined && { contract }),
      ...(given.baseline === undefined && options.baseline !== undefined && { baseline: options.baseline }),
      ...(given.format === undefined && config.formats !== undefined && { format: config.formats }),
    },
    settings: { ...options, ...own, ...(rules.length > 0 && { rules }), config: config.file },
    captures: captures.length > 0 ? captures : (config.captures ?? []),
    config,
  };
}

async function readConfigOf({ config, "no-config": none }: ConfigArguments, { cwd }: Io): Promise<Config | undefined> {
  if (none) {
    if (config !== undefined) throw new UsageError("--config and --no-config do not go together.");
    return undefined;
  }
  if (config === "-") throw new UsageError("A configuration cannot be read from standard input. Give its file.");
  return findAndRead(config, resolve(cwd));
}
