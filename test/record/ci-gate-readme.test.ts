import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { listen } from "../probe/wire/kit.ts";

const example = fileURLToPath(new URL("../../examples/ci-gate/", import.meta.url));
const readme = readFileSync(`${example}README.md`, "utf8");
const blocks = [...readme.matchAll(/```sh\n([\s\S]*?)```/g)].map(([, block = ""]) => block);
const runnable = blocks.filter((block) => block.includes("# exit code"));

describe("the README of examples/ci-gate", () => {
  it.each(runnable.map((block) => [/CHANGE=(\w+)/.exec(block)?.[1] ?? "no change", block]))(
    "has lines that a shell runs in its folder, with the exit codes that stand beside them: %s",
    async (_, block) => {
      const promised = [...block.matchAll(/# exit code (\d)$/gm)].map(([, code]) => Number(code));
      // Only the port is another one: 3000 may be in use.
      const { code, text, codes } = await sh(block.replaceAll("127.0.0.1:3000", `127.0.0.1:${await freePort()}`));
      expect({ codes, code }, text).toEqual({ codes: promised, code: 0 });
    },
  );

  it("shows three changes, and `npm run gate` is what it runs", () => {
    expect(runnable.length).toBe(3);
    const { scripts } = JSON.parse(readFileSync(`${example}package.json`, "utf8"));
    for (const block of runnable) expect(block.split("\n").map((line) => line.replace(/ +#.*/, ""))).toContain(scripts.gate);
  });

  it("asks no registry for envelint", () => {
    for (const block of blocks) expect(block).not.toMatch(/(?:npx|^) *envelint/m);
  });
});

/** Runs lines in the example's folder; gives what they print, and the code of each line that promises one. */
async function sh(lines: string): Promise<{ readonly code: number; readonly text: string; readonly codes: readonly number[] }> {
  const port = /127\.0\.0\.1:(\d+)/.exec(lines)?.[1] ?? "";
  const child = spawn("sh", ["-c", lines.replace(/# exit code.*$/gm, "\necho $? >&3")], {
    cwd: example,
    env: { PATH: process.env.PATH ?? "", PORT: port },
    stdio: ["ignore", "pipe", "pipe", "pipe"],
  });
  const said = ["", "", "", ""];
  for (const at of [1, 2, 3]) child.stdio[at]?.on("data", (data) => (said[at] += data));
  const code = await new Promise<number>((resolve) => child.once("close", resolve));
  return { code, text: `${said[1]}${said[2]}`, codes: (said[3] ?? "").trim().split("\n").map(Number) };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const { port } = await listen(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}
