import type { Readable } from "node:stream";
import type { Look } from "../reporters/look.ts";
import { UsageError } from "./usage.ts";

/** Where text goes: a process's stream, or a test's. */
export interface Output {
  write(text: string, done?: (error?: Error | null) => void): unknown;
  readonly isTTY?: boolean;
  readonly columns?: number;
}

/** The world as a command sees it. */
export interface Io {
  readonly stdout: Output;
  readonly stderr: Output;
  readonly stdin: Readable & { readonly isTTY?: boolean };
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Calls the listener at the first Ctrl-C (or SIGTERM), which then does not end the process; a second one does. Gives back what undoes it. */
  readonly onInterrupt?: (listener: (signal: NodeJS.Signals) => void) => () => void;
}

/** What people, terminals and CI end a process with. */
const endings = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/** This process. Standard input is touched only when it is asked for. */
export function processIo(): Io {
  // A reader that goes away (`| head`) is no failure of ours: `print` hears of it, and nothing need be thrown.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => {});
  return {
    stdout: process.stdout,
    stderr: process.stderr,
    get stdin() {
      return process.stdin;
    },
    cwd: workingDirectory(),
    env: process.env,
    onInterrupt(listener) {
      let isFirst = true;
      const hear = (signal: NodeJS.Signals) => {
        if (!isFirst) process.exit(130);
        isFirst = false;
        listener(signal);
      };
      for (const signal of endings) process.on(signal, hear);
      return () => {
        for (const signal of endings) process.removeListener(signal, hear);
      };
    },
  };
}

function workingDirectory(): string {
  try {
    return process.cwd();
  } catch {
    throw new UsageError("The working directory is no longer there. Change to a folder that is (cd), and run the command again.");
  }
}

/** Writes and waits; quiet where the reader went away. */
export function print(output: Output, text: string): Promise<void> {
  return new Promise((resolve, reject) => {
    output.write(text, (error) => {
      const code = (error as NodeJS.ErrnoException | null | undefined)?.code;
      if (error && code !== "EPIPE" && code !== "ERR_STREAM_DESTROYED") reject(error);
      else resolve();
    });
  });
}

/** How a text should look on an output: colour on a terminal only, unless NO_COLOR or FORCE_COLOR say otherwise. */
export function lookOf(output: Output, env: Io["env"]): Look {
  const terminal = output.isTTY === true;
  const color = env.NO_COLOR ? false : env.FORCE_COLOR ? env.FORCE_COLOR !== "0" : terminal && env.TERM !== "dumb";
  const locale = env.LC_ALL || env.LC_CTYPE || env.LANG || "UTF-8";
  return {
    color,
    width: output.columns ?? (Number(env.COLUMNS) || 80),
    unicode: !terminal || (env.TERM !== "linux" && /utf-?8/i.test(locale)),
  };
}

/** How a text looks in a file. */
export const lookOfFile: Look = { color: false, width: 100 };
