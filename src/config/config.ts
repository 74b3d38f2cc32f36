import type { SourceLine } from "../model/contract.ts";
import type { AuditOptions } from "../options/options.ts";

/** What a configuration says, its file names seen from the working directory. */
export interface Config {
  /** As reports name it. */
  readonly file: string;
  /** Absolute. */
  readonly path: string;
  readonly captures: readonly string[] | undefined;
  /** `NAME` or `NAME=FILE`. */
  readonly formats: readonly string[] | undefined;
  readonly options: ConfigOptions;
  /** Where each key is written; line 0 where none is known. */
  readonly keys: ReadonlyMap<string, SourceLine>;
}

/** Those of an audit's options that a configuration can give. */
export type ConfigOptions = Pick<
  AuditOptions,
  | "accounts"
  | "servers"
  | "rules"
  | "severities"
  | "ignores"
  | "subjects"
  | "require"
  | "minCoverage"
  | "failOn"
  | "baseline"
  | "maxSamples"
  | "together"
  | "strict"
> & { readonly contract?: string };
