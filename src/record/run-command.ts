import { type ChildProcess, spawn } from "node:child_process";
import { constants } from "node:os";

/** A command that runs, with this process's own standard streams. */
export interface RunningCommand {
  /** Its exit code; 128 and the signal's number where one ended it. Rejects with a CommandError where it cannot be started. */
  readonly ended: Promise<number>;
  /** Sends it a signal. */
  kill(signal: NodeJS.Signals): void;
}

/** The message is for people. */
export class CommandError extends Error {
  override readonly name = "CommandError";
}

export interface CommandOptions {
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Starts a command, without a shell. It does not outlive this process. */
export function runCommand([program = "", ...words]: readonly string[], { cwd, env }: CommandOptions): RunningCommand {
  const child: ChildProcess = spawn(program, words, { cwd, env: { ...env }, stdio: "inherit" });
  const end = () => child.kill("SIGKILL");
  process.once("exit", end);
  const ended = new Promise<number>((resolve, reject) => {
    child.once("error", (error: NodeJS.ErrnoException) => {
      if (child.pid === undefined) reject(new CommandError(`The command cannot be started: ${whyNot(program, error)}.`));
    });
    child.once("exit", (code, signal) => resolve(code ?? 128 + (signal === null ? 0 : constants.signals[signal])));
  }).finally(() => process.removeListener("exit", end));
  return {
    ended,
    kill(signal) {
      child.kill(signal);
    },
  };
}

function whyNot(program: string, { code, message }: NodeJS.ErrnoException): string {
  if (code === "ENOENT") return `there is no program ${program}`;
  return code === "EACCES" ? `${program} is no file that may be run` : message;
}
