import { Readable } from "node:stream";
import { main } from "../../src/cli/main.ts";

export interface Ran {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a command is run. */
export interface Setting {
  readonly cwd: string;
  readonly env?: Readonly<Record<string, string>>;
  /** What standard input holds [nothing]. */
  readonly stdin?: string | Buffer;
  /** Columns of the terminal that both outputs are [no terminal]. */
  readonly terminal?: number;
}

/** Runs the command line in this process, its outputs caught. */
export async function runCommand(argv: readonly string[], { cwd, env = {}, stdin = "", terminal }: Setting): Promise<Ran> {
  const caught = { stdout: "", stderr: "" };
  const output = (name: keyof typeof caught) => ({
    write(text: string, done?: () => void) {
      caught[name] += text;
      done?.();
    },
    ...(terminal !== undefined && { isTTY: true, columns: terminal }),
  });
  const input = Readable.from([Buffer.from(stdin)]);
  const exitCode = await main(argv, { stdout: output("stdout"), stderr: output("stderr"), stdin: input, cwd, env });
  return { exitCode, ...caught };
}
