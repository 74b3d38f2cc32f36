import { roundInCircles, suffixFault, variableFault } from "../options/check-record-options.ts";
import { defaultNames, type RecordOptions } from "../options/record-options.ts";
import { isOwnPort } from "../syntax/own-port.ts";
import { readTarget } from "../syntax/read-target.ts";
import { type AuditArguments, readCount } from "./audit-options.ts";
import type { Settled } from "./settle.ts";
import { UsageError } from "./usage.ts";

/** What yargs makes of `envelint record`. */
export interface RecordArguments
  extends Pick<
    AuditArguments,
    | "config"
    | "no-config"
    | "contract"
    | "rule"
    | "require"
    | "min-coverage"
    | "fail-on"
    | "baseline"
    | "update-baseline"
    | "accept-new"
    | "format"
    | "max-samples"
    | "quiet"
  > {
  readonly target?: string;
  readonly env?: readonly string[];
  readonly port?: string;
  readonly record?: string;
  readonly ca?: string;
  readonly insecure?: boolean;
  /** The words behind `--`, as they are. */
  readonly command?: readonly string[];
  /** Words before it, which belong to no option. */
  readonly misplaced?: readonly string[];
}

const usual = "envelint record --target http://127.0.0.1:3000 -- npm test";

/** The options, each checked before anything is run. */
export function readRecordSettings({ given, settings }: Settled<RecordArguments>): RecordOptions {
  const { target, command = [], misplaced = [] } = given;
  if (target === undefined) throw usage(`Say where the server is: ${usual}.`);
  const [word] = misplaced;
  if (word !== undefined) throw usage(`"${word}" is one word too many: the command stands behind --, as in ${usual}.`);
  if (command.length === 0) throw usage(`Give a command that asks the server, behind --: ${usual}.`);
  if (command[0] === "") throw usage("The command has no name: its first word is empty.");
  const read = readTarget(target);
  // A password may stand in it.
  if ("fault" in read) {
    const advice = /password/.test(read.fault) ? "the command brings its own credentials" : read.advice;
    throw usage(`--target ${read.fault}${advice === undefined ? "" : `; ${advice}`}.`);
  }
  const port = given.port === undefined ? 0 : readPort(given.port);
  if (port > 0 && isOwnPort(read.target, port)) throw usage(`--target and --port ${roundInCircles(port)}.`);
  return {
    ...settings,
    target: read.target,
    command,
    names: readNames(given.env),
    port,
    ...(given.record !== undefined && { record: given.record }),
    ...(given.ca !== undefined && { ca: given.ca }),
    ...(given.insecure && { insecure: true }),
  };
}

function readNames(given: readonly string[] | undefined): Readonly<Record<string, string>> {
  if (given === undefined) return defaultNames;
  const names: Record<string, string> = {};
  for (const text of given) {
    const [name = "", ...rest] = text.split("=");
    const suffix = rest.join("=");
    const fault = variableFault(name) ?? suffixFault(suffix);
    if (fault !== undefined) throw usage(`--env ${text}: ${variableFault(name) === undefined ? `"${suffix}"` : `"${name}"`} ${fault}.`);
    names[name] = suffix;
  }
  return names;
}

function readPort(text: string): number {
  const port = readCount("--port", text, " from 0 to 65535");
  if (port > 65_535) throw usage(`--port cannot be "${text}". It takes a whole number from 0 to 65535.`);
  return port;
}

function usage(message: string): UsageError {
  return new UsageError(message, "record");
}
