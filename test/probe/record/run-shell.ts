import { spawn } from "node:child_process";

/** Runs a line in /bin/sh, with nothing to read and no variables but these and the path. */
export function runShell(line: string, variables: Readonly<Record<string, string>>): Promise<{ readonly stdout: Buffer }> {
  return new Promise((resolve, reject) => {
    const child = spawn("/bin/sh", ["-c", line], {
      env: { PATH: process.env.PATH ?? "", ...variables },
      stdio: ["ignore", "pipe", "pipe"],
    });
    const chunks: Buffer[] = [];
    let complaints = "";
    child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk));
    child.stderr.on("data", (chunk: Buffer) => {
      complaints += chunk.toString();
    });
    child.on("error", reject);
    child.on("close", (code) =>
      code === 0 && complaints === "" ? resolve({ stdout: Buffer.concat(chunks) }) : reject(new Error(`${code}: ${complaints}`)),
    );
  });
}
