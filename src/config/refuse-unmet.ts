import { OptionError } from "../options/option-error.ts";
import { adviseNearest } from "../yaml-source/fault-list.ts";
import { describePath, type SourcePath } from "../yaml-source/source-tree.ts";
import { ConfigError } from "./config-error.ts";
import { writtenAt } from "./written.ts";

/** A name among the options that meets nothing. */
export interface UnmetName {
  readonly name: string;
  /** The value of the options that holds it, and where in it. */
  readonly holder: object;
  readonly part?: SourcePath;
  /** `rule`, or `row of contract.yaml`: what it should have been. */
  readonly kind: string;
  /** What might have been meant. */
  readonly candidates: readonly string[];
  /** The whole sentence, for who gave it by an option. */
  readonly sentence: string;
}

/**
 * Refuses names that meet nothing: all that stand in a configuration, each with its place; else the first.
 *
 * @throws ConfigError or OptionError
 */
export function refuseUnmet(unmet: readonly UnmetName[]): void {
  const [first] = unmet;
  if (first === undefined) return;
  const faults = unmet.flatMap(({ name, holder, part = [], kind, candidates }) => {
    const written = writtenAt(holder, ...part);
    const message = `meets no ${kind}: ${JSON.stringify(name)}`;
    return written === undefined ? [] : { ...written.at, path: describePath(written.path), message, ...adviseNearest(name, candidates) };
  });
  if (faults.length > 0) throw new ConfigError(faults.sort((a, b) => a.line - b.line || a.column - b.column));
  throw new OptionError(first.sentence);
}
