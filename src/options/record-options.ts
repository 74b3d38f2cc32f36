import type { AuditOptions } from "./options.ts";

/** What `record` is told; in brackets what it takes where it is not. */
export interface RecordOptions
  extends Pick<
    AuditOptions,
    | "contract"
    | "rules"
    | "severities"
    | "ignores"
    | "require"
    | "minCoverage"
    | "failOn"
    | "baseline"
    | "updateBaseline"
    | "acceptNew"
    | "maxSamples"
    | "exchanges"
    | "config"
    | "cwd"
  > {
  /** Where requests go: scheme, host, port and base path. */
  readonly target: string;
  /** A program and its words, run without a shell; or a function that is given the address to ask. */
  readonly command: readonly string[] | ((address: string) => unknown);
  /**
   * Names of environment variables that tell the command the address, each with the path to be added: `{ API_URL: "/v1" }`
   * [`{ ENVELINT_URL: "" }`].
   */
  readonly names?: Readonly<Record<string, string>>;
  /** Where the proxy listens, on 127.0.0.1 [0: any port that is free]. */
  readonly port?: number;
  /** A HAR file for what passed, credentials masked [none]. */
  readonly record?: string;
  /** PEM file of authorities to trust beside the usual ones. */
  readonly ca?: string;
  /** Take any certificate of the target's [false]. */
  readonly insecure?: boolean;
  /** The command's environment [process.env]. */
  readonly env?: Readonly<Record<string, string | undefined>>;
  /** Aborted: the command is sent the reason, if that is a signal's name, else SIGTERM; once it has ended, what passed is judged. */
  readonly signal?: AbortSignal;
  /** Called once the proxy listens, before the command runs. */
  readonly onListening?: (address: string) => void;
  /** Called once the command has ended, where it takes more than a moment to mask and write down what passed. */
  readonly onWriting?: () => void;
}

/** The defaults of `RecordOptions.names`. */
export const defaultNames: Readonly<Record<string, string>> = { ENVELINT_URL: "" };
