import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecordOptions } from "../../src/options/record-options.ts";
import { record } from "../../src/record.ts";
import { runCommand } from "../cli/run-command.ts";
import { listen } from "../probe/wire/kit.ts";

const bin = fileURLToPath(new URL("../../bin/envelint.js", import.meta.url));
const contract = fileURLToPath(new URL("../cli/fixtures/shop.yaml", import.meta.url));
let folder = "";
let target = "";

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "envelint-command-"));
  const server = createServer((req, res) => {
    if (req.url?.startsWith("/base/ok")) return res.writeHead(200).end("ok");
    res.writeHead(418, { "Content-Type": "text/plain" });
    return res.end("no");
  });
  target = `${(await listen(server)).origin}/base`;
});
afterEach(() => rm(folder, { recursive: true }));

/** A program for Node. */
const node = (code: string) => ["--", process.execPath, "--input-type=module", "-e", code];
const env = { PATH: process.env.PATH ?? "" };
const run = (...argv: readonly string[]) => runCommand(["record", "--target", target, ...argv], { cwd: folder, env });

describe("envelint record", () => {
  it("tells the command where to ask, under the names that are wanted, and with what is to be added", async () => {
    const code = `
      const { A, B, ENVELINT_URL } = process.env;
      if (ENVELINT_URL !== undefined || B !== A + "/ok" || !A.endsWith("/base")) process.exit(9);
      await fetch(B); await fetch(A + "/missing");`;
    const { exitCode, stdout, stderr } = await run("--env", "A", "--env", "B=/ok", "--record", "kept/run.har", ...node(code));
    expect(stderr).toMatch(/^envelint: recording http:\/\/127\.0\.0\.1:\d+\/base -> http:\/\/127\.0\.0\.1:\d+\/base\n/);
    expect(exitCode).toBe(1);
    expect(stdout).toContain(`Judged: 2 of 2 exchanges in 1 capture, 1 error answer, of ${new URL(target).origin}`);
    const { entries } = JSON.parse(await readFile(join(folder, "kept/run.har"), "utf8")).log;
    expect(entries.map((entry: { request: { url: string } }) => entry.request.url)).toEqual([`${target}/ok`, `${target}/missing`]);
  });

  it.each([
    ["0 where both are fine", "await fetch(process.env.ENVELINT_URL + '/missing')", ["--fail-on", "never"], 0],
    ["1 where the gate is broken", "await fetch(process.env.ENVELINT_URL + '/missing')", [], 1],
    ["2 where the gate could not judge", "await fetch(process.env.ENVELINT_URL + '/ok')", [], 2],
    [
      "the command's where it failed, and the gate is fine",
      "await fetch(process.env.ENVELINT_URL + '/missing'); process.exitCode = 5",
      ["--fail-on", "never"],
      5,
    ],
    ["the gate's where both failed: 1", "await fetch(process.env.ENVELINT_URL + '/missing'); process.exitCode = 5", [], 1],
    ["2 where nothing was recorded, whatever the command's is", "process.exitCode = 5", [], 2],
    [
      "128 and the signal's number where one ended it, and the gate is fine",
      "await fetch(process.env.ENVELINT_URL + '/missing'); process.kill(process.pid, 'SIGKILL'); setInterval(() => {}, 1000)",
      ["--fail-on", "never"],
      137,
    ],
  ])("ends with %s", async (_, code, more, exitCode) => {
    expect((await run("--quiet", ...more, ...node(code))).exitCode).toBe(exitCode);
  });

  it("leaves nothing behind in the temporary folder", async () => {
    const own = await mkdtemp(join(folder, "tmp-"));
    const child = start(["--quiet", ...node("await fetch(process.env.ENVELINT_URL)")], { TMPDIR: own });
    await ended(child);
    expect(await readdir(own)).toEqual([]);
  });

  it("listens where it is told, or says that it cannot", async () => {
    const taken = createServer();
    const { port } = await listen(taken);
    const { exitCode, stderr } = await run("--port", String(port), ...node(""));
    expect(stderr).toBe(`envelint: Port ${port} of 127.0.0.1 is in use. Give --port another one, or leave it out for one that is free.\n`);
    expect(exitCode).toBe(2);
    await new Promise((resolve) => taken.close(resolve));
    expect((await run("--port", String(port), ...node(""))).stderr).toContain(`recording http://127.0.0.1:${port}/base -> `);
  });

  it("says so where the disk is full", async () => {
    const { exitCode, stderr } = await run("--record", "/dev/full", "--quiet", ...node("await fetch(process.env.ENVELINT_URL)"));
    expect(stderr).toMatch(/^envelint: The recording cannot be written to \/dev\/full: ENOSPC/);
    expect(exitCode).toBe(2);
  });

  it("names the scope by the target's base path", async () => {
    const { stdout, exitCode } = await run(
      "--format",
      "json",
      "--quiet",
      ...node("await fetch(new URL('/elsewhere', process.env.ENVELINT_URL))"),
    );
    const { seen, unjudged } = JSON.parse(stdout);
    expect([seen.notJudged, exitCode]).toEqual([{ "out-of-scope": 1 }, 2]);
    expect(unjudged[0]).toMatch(/^Nothing in scope: of 1 exchange none went to /);
  });
});

describe("a signal", () => {
  const waiting = "await fetch(process.env.ENVELINT_URL + '/missing'); console.log('ready'); setInterval(() => {}, 1000);";

  it.each(["SIGTERM", "SIGINT"] as const)("%s reaches the command; what passed is judged and kept", async (signal) => {
    const heard = `process.once('${signal}', () => { console.log('heard'); process.exit(4); });${waiting}`;
    const child = start(["--record", "run.har", "--format", "json=report.json", "--fail-on", "never", ...node(heard)]);
    await line(child, "ready");
    child.kill(signal);
    const { code, stdout } = await ended(child);
    expect([code, stdout]).toEqual([4, "ready\nheard\n"]);
    expect(JSON.parse(await readFile(join(folder, "report.json"), "utf8"))).toMatchObject({
      command: "record",
      verdict: "kept",
      findings: [{ rule: expect.any(String) }, {}],
      seen: { judged: 1 },
    });
    expect(JSON.parse(await readFile(join(folder, "run.har"), "utf8")).log.entries.length).toBe(1);
  });

  it("a second one ends it, and the command with it", async () => {
    const deaf = `process.on('SIGTERM', () => console.log('heard')); console.log(process.pid);${waiting}`;
    const child = start(["--quiet", ...node(deaf)]);
    const pid = Number((await line(child, "ready")).split("\n")[0]);
    child.kill("SIGTERM");
    await line(child, "heard");
    child.kill("SIGTERM");
    expect((await ended(child)).code).toBe(130);
    await gone(pid);
  });
});

describe("the library's record", () => {
  const given = (options: unknown) => record(options as RecordOptions);

  it.each([
    [{ command: ["true"] }, "The option target must be a URL such as https://api.example.com, not undefined."],
    [{ target: "x", command: ["true"] }, 'The option target is not an absolute URL; for instance "https://staging.example.com".'],
    [{ target: "http://x" }, 'The option command must be a program and its words, such as ["npm", "test"], or a function, not undefined.'],
    [{ target: "http://x", command: [] }, /^The option command must be a program/],
    [{ target: "http://x", command: ["a", 1] }, "Each of the option command must be a text, not 1."],
    [{ target: "http://x", command: ["a"], names: { "A-B": "" } }, /^The option names: "A-B" is no name of an environment variable/],
    [{ target: "http://x", command: ["a"], names: { A: "v1" } }, /^The option names: A: "v1" is no path/],
    [{ target: "http://x", command: ["a"], port: 70_000 }, "The option port cannot be 70000. It takes a port from 0 to 65535."],
    [
      { target: "http://localhost:4555/v1", command: ["a"], port: 4555 },
      "The options target and port name the same place, port 4555 of this machine: requests would go round in circles. Give the proxy another port, or none for one that is free.",
    ],
    [{ target: "http://x", command: ["a"], comand: 1 }, /^record has no option "comand". Did you mean "command"\?/],
    [{ target: "http://x", command: ["a"], require: ["nope"] }, /nope/],
  ])("refuses %j", async (options, message) => {
    await expect(given(options)).rejects.toThrow(message);
  });

  it("runs a function in the place of a command, and lets through what it throws", async () => {
    const { report, exitCode } = await record({ target, contract, command: async (address) => void (await fetch(address)) });
    expect([report.seen.judged, exitCode]).toEqual([1, 0]);
    await expect(
      given({
        target,
        command: () => {
          throw new Error("mine");
        },
      }),
    ).rejects.toThrow("mine");
  });
});

function start(argv: readonly string[], more: Record<string, string> = {}): ChildProcess {
  const child = spawn(process.execPath, [bin, "record", "--target", target, ...argv], {
    cwd: folder,
    env: { ...env, ...more },
    stdio: ["ignore", "pipe", "pipe"],
  });
  texts.set(child, "");
  child.stdout?.on("data", (data) => texts.set(child, `${texts.get(child)}${data}`));
  return child;
}

const texts = new Map<ChildProcess, string>();

function line(child: ChildProcess, word: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const check = () => {
      const text = texts.get(child) ?? "";
      if (text.includes(`${word}\n`)) resolve(text);
    };
    child.stdout?.on("data", check);
    child.once("close", () => reject(new Error(`It ended before it said ${word}.`)));
    check();
  });
}

function ended(child: ChildProcess): Promise<{ readonly code: number | null; readonly stdout: string }> {
  return new Promise((resolve) => child.once("close", (code) => resolve({ code, stdout: texts.get(child) ?? "" })));
}

/** Waits until there is no such process. */
async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await new Promise((resolve) => setImmediate(resolve));
  }
}
