import { spawn } from "node:child_process";
import { cp, mkdtemp, open, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";

// The real process, built: what only it can show. All else is in scenarios/.
const bin = fileURLToPath(new URL("../../bin/envelint.js", import.meta.url));
const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));

function spawnBin(argv: readonly string[], { file = bin, stdin = "", closeOutput = false } = {}) {
  return new Promise<{ exitCode: number | null; stdout: string; stderr: string }>((resolve, reject) => {
    const child = spawn(process.execPath, [file, ...argv], { cwd: fixtures, env: { PATH: process.env.PATH ?? "" } });
    const text = { stdout: "", stderr: "" };
    if (closeOutput) child.stdout.destroy();
    child.stdout.on("data", (data) => {
      text.stdout += data;
    });
    child.stderr.on("data", (data) => {
      text.stderr += data;
    });
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, ...text }));
    child.stdin.on("error", () => {});
    child.stdin.end(stdin);
  });
}

test("judges a capture and exits 0, 1 or 2", async () => {
  expect((await spawnBin(["good.har", "--contract", "shop.yaml"])).exitCode).toBe(0);
  expect((await spawnBin(["bad.har", "--contract", "shop.yaml"])).exitCode).toBe(1);
  expect((await spawnBin(["nowhere.har", "--contract", "shop.yaml"])).exitCode).toBe(2);
});

test("reads a capture from standard input", async () => {
  const { exitCode, stdout } = await spawnBin(["-", "--contract", "shop.yaml"], {
    stdin: await readFile(join(fixtures, "good.har"), "utf8"),
  });
  expect(stdout).toContain("kept: no finding");
  expect(exitCode).toBe(0);
});

test("prints no colour where there is no terminal", async () => {
  expect((await spawnBin(["bad.har", "--contract", "shop.yaml"])).stdout).not.toContain("\u001b");
});

test("is quiet when its reader goes away, and still says what it found", async () => {
  const { exitCode, stderr } = await spawnBin(["bad.har", "--contract", "shop.yaml", "--max-samples", "0", "--format", "json"], {
    closeOutput: true,
  });
  expect(stderr).toBe("");
  expect(exitCode).toBe(1);
});

test("does not wait for standard input that nobody asked for", async () => {
  const child = spawn(process.execPath, [bin, "good.har", "--contract", "shop.yaml"], {
    cwd: fixtures,
    stdio: ["pipe", "ignore", "ignore"],
  });
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(0);
});

test("never writes over the capture that standard input is read from", async () => {
  const folder = await mkdtemp(join(tmpdir(), "envelint-stdin-"));
  const capture = join(folder, "good.har");
  await cp(join(fixtures, "good.har"), capture);
  const input = await open(capture);
  const child = spawn(process.execPath, [bin, "-", "--format", "json=good.har"], { cwd: folder, stdio: [input.fd, "ignore", "pipe"] });
  let stderr = "";
  child.stderr?.on("data", (data) => {
    stderr += data;
  });
  const exitCode = await new Promise((resolve) => child.on("close", resolve));
  await input.close();
  const [now, before] = await Promise.all([capture, join(fixtures, "good.har")].map((file) => readFile(file, "utf8")));
  await rm(folder, { recursive: true });
  expect(stderr).toBe(
    "envelint: --format json=good.har would overwrite standard input, which this command reads. Give the report another file.\n",
  );
  expect(exitCode).toBe(2);
  expect(now).toBe(before);
});

test.skipIf(process.platform === "win32")("says what to do where the working directory is gone", async () => {
  const folder = await mkdtemp(join(tmpdir(), "envelint-gone-"));
  const script = 'rmdir "$PWD" && exec "$0" "$1" good.har';
  const child = spawn("/bin/sh", ["-c", script, process.execPath, bin], { cwd: folder, stdio: ["ignore", "ignore", "pipe"] });
  let stderr = "";
  child.stderr.on("data", (data) => {
    stderr += data;
  });
  expect(await new Promise((resolve) => child.on("close", resolve))).toBe(2);
  expect(stderr).toBe("envelint: The working directory is no longer there. Change to a folder that is (cd), and run the command again.\n");
});

let elsewhere = "";
beforeAll(async () => {
  elsewhere = await mkdtemp(join(tmpdir(), "envelint-bin-"));
  await cp(bin, join(elsewhere, "bin", "envelint.cjs"));
});
afterAll(() => rm(elsewhere, { recursive: true }));

test("says how to build it where it is not built", async () => {
  const { exitCode, stderr } = await spawnBin([], { file: join(elsewhere, "bin", "envelint.cjs") });
  expect(stderr).toBe('envelint is not built yet: run "npm run build" first.\n');
  expect(exitCode).toBe(2);
});

/** What a process says that is given a module as its configuration. */
async function withModule(text: string): Promise<{ readonly exitCode: number | null; readonly stdout: string; readonly stderr: string }> {
  const folder = await mkdtemp(join(tmpdir(), "envelint-module-"));
  await writeFile(join(folder, "c.mjs"), text);
  try {
    return await spawnBin(["good.har", "--contract", "shop.yaml", "--config", join(folder, "c.mjs")]);
  } finally {
    await rm(folder, { recursive: true });
  }
}

test("a configuration that waits for what never comes, or ends the process, is no green", async () => {
  const ended = "envelint: the process was ended before the report was written; a rule file or a configuration may have done it.\n";
  expect(await withModule("export default new Promise(() => {});\nawait new Promise(() => {});")).toEqual({
    exitCode: 2,
    stdout: "",
    stderr: ended,
  });
  expect(await withModule("export default () => new Promise(() => {});")).toEqual({ exitCode: 2, stdout: "", stderr: ended });
  expect(await withModule("process.exit(0);")).toEqual({ exitCode: 2, stdout: "", stderr: ended });
});

test("a configuration that is no JavaScript names its line", async () => {
  const { exitCode, stderr } = await withModule("export default {\n  failOn: ,\n};\n");
  expect(stderr).toMatch(/c\.mjs:2:1: cannot be loaded: Unexpected token/);
  expect(exitCode).toBe(2);
});

test("a plain audit loads no library and none of Node's dear modules; what reads configurations is loaded only where there is one", async () => {
  const folder = await mkdtemp(join(tmpdir(), "envelint-light-"));
  const main = fileURLToPath(new URL("../../dist/src/cli/main.cjs", import.meta.url));
  const script = `
    import module from "node:module";
    const before = new Set(process.moduleLoadList);
    const { main } = await import(${JSON.stringify(pathToFileURL(main).href)});
    await main([${JSON.stringify(join(fixtures, "good.har"))}]);
    const libraries = Object.keys(module._cache).map((file) => /[\\\\/](?:node_modules|chunks)[\\\\/](yaml|[^\\\\/.]+(?=[\\\\/]))/.exec(file)?.[1]);
    const ofNode = ["zlib", "child_process", "perf_hooks"].filter(
      (name) => process.moduleLoadList.includes("NativeModule " + name) && !before.has("NativeModule " + name),
    );
    console.log([...new Set(libraries.filter(Boolean)), ...ofNode].join(" ") || "nothing");
  `;
  const run = () =>
    new Promise<string>((resolve) => {
      const child = spawn(process.execPath, ["--input-type=module", "-e", script], { cwd: folder, stdio: ["ignore", "pipe", "ignore"] });
      let text = "";
      child.stdout.on("data", (data) => {
        text += data;
      });
      child.on("close", () => resolve(text.trimEnd().split("\n").at(-1) ?? ""));
    });
  await writeFile(join(folder, ".git"), "");
  expect(await run()).toBe("nothing");
  await writeFile(join(folder, "envelint.config.yaml"), "failOn: never\n");
  expect(await run()).toBe("yaml");
  await rm(folder, { recursive: true });
});
