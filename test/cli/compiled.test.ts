import { spawnSync } from "node:child_process";
import { chmod, cp, mkdir, mkdtemp, readdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import * as source from "../../src/index.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

describe("what V8 compiled is kept for the next run", () => {
  let folder = "";
  let chunks = "";
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "envelint-compiled-"));
    chunks = join(folder, "dist/chunks");
    await cp(join(root, "bin"), join(folder, "bin"), { recursive: true });
    await mkdir(join(folder, "dist/src/cli"), { recursive: true });
    await mkdir(chunks);
    await writeCore("one");
    await writeFile(
      join(folder, "dist/src/cli/main.cjs"),
      `const core = require("../../chunks/core.cjs");
       exports.hasJudged = () => !process.argv.includes("nothing");
       exports.main = async ([code]) => {
         const again = require("node:module").createRequire(__filename)("../../chunks/core.cjs");
         console.log(core.say(), again === core, globalThis.runs);
         require("node:v8").setFlagsFromString("--semi-space-growth-factor=1");
         return Number(code);
       };`,
    );
  });
  afterEach(() => rm(folder, { recursive: true }));

  function writeCore(word: string) {
    const filling = `/* ${"-".repeat(9000)} */`;
    return writeFile(
      join(chunks, "core.cjs"),
      `${filling} globalThis.runs = (globalThis.runs ?? 0) + 1; exports.say = function say() { return "${word}"; };`,
    );
  }

  function runBin(argv: readonly string[] = ["0"], env: Record<string, string> = {}) {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "bin/envelint.js"), ...argv], { encoding: "utf8", env });
    expect(stderr).toBe("");
    return { status, text: stdout.trimEnd() };
  }

  const listKept = async () => (await readdir(chunks)).filter((name) => name !== "core.cjs");

  async function keptFile() {
    const [name = "", ...others] = await listKept();
    expect(name).toMatch(/^core\.cjs\.\d+\.cache$/);
    expect(others).toEqual([]);
    return join(chunks, name);
  }

  test("and used, with one copy of each module", async () => {
    expect(runBin().text).toBe("one true 1");
    const kept = await keptFile();
    const made = await stat(kept);
    expect(runBin().text).toBe("one true 1");
    expect((await stat(kept)).ino).toBe(made.ino);
  });

  test("unless it is damaged, cut off, empty or of other code: then it is made again", async () => {
    runBin();
    const kept = await keptFile();
    const whole = await readFile(kept);
    const damaged = Buffer.from(whole);
    for (let at = 64; at < damaged.length; at += 16) damaged[at] = 0x55;
    for (const wrong of [damaged, whole.subarray(0, -9), Buffer.alloc(0)]) {
      await writeFile(kept, wrong);
      expect(runBin().text).toBe("one true 1");
      expect((await readFile(kept)).length).toBe(whole.length);
    }
    // V8 itself looks at the length alone.
    await writeCore("two");
    expect(runBin().text).toBe("two true 1");
    expect(runBin().text).toBe("two true 1");
  });

  test("each by itself for other options of V8, the last few of them", async () => {
    runBin();
    const first = await keptFile();
    const run = (limit: number) => runBin(["0"], { NODE_OPTIONS: `--stack-trace-limit=${limit}` });
    expect(run(20).text).toBe("one true 1");
    expect(await listKept()).toHaveLength(2);
    await utimes(first, 0, 0);
    for (const limit of [21, 22, 23]) run(limit);
    expect(await listKept()).toHaveLength(4);
    expect(await listKept()).not.toContain(basename(first));
  });

  test("but not where the run failed or judged nothing, nor where Node is told to keep nothing", async () => {
    expect(runBin(["2"]).status).toBe(2);
    runBin(["0", "nothing"]);
    runBin(["0"], { NODE_DISABLE_COMPILE_CACHE: "1" });
    expect(await listKept()).toEqual([]);
    expect(runBin(["1"]).status).toBe(1);
    await keptFile();
  });

  test("and where it cannot be, nothing is said and nothing left", async () => {
    runBin();
    const kept = await keptFile();
    await rm(kept);
    await mkdir(join(kept, "in the way"), { recursive: true });
    expect(runBin().text).toBe("one true 1");
    await keptFile();
  });

  test.skipIf(process.platform === "win32" || process.getuid?.() === 0)("nor where the folder is read-only", async () => {
    await chmod(chunks, 0o555);
    expect(runBin().text).toBe("one true 1");
    expect(await listKept()).toEqual([]);
    await chmod(chunks, 0o755);
  });
});

test("the library that is built has the names of its source", async () => {
  const built = await import(pathToFileURL(join(root, "dist/src/index.js")).href);
  expect(Object.keys(built).sort()).toEqual(Object.keys(source).sort());
});

test("a rule file, a configuration and a reporter of the user's own are loaded into what was kept", async () => {
  const folder = await mkdtemp(join(tmpdir(), "envelint-own-"));
  await writeFile(join(folder, "own.mjs"), "export default ({ findings }) => findings.map(({ rule }) => rule).join();");
  const rule = join(root, "examples/your-own-rules/trace-id.mjs");
  await writeFile(join(folder, "c.mjs"), `export default { customRules: [${JSON.stringify(rule)}], failOn: "never" };`);
  const argv = [join(root, "examples/course-api/before.har"), "--config", "c.mjs", "--format", "./own.mjs"];
  const bin = join(root, "bin/envelint.js");
  const { stdout, status } = spawnSync(process.execPath, [bin, ...argv], { cwd: folder, encoding: "utf8" });
  await rm(folder, { recursive: true });
  expect(stdout.trimEnd()).toContain("tracing/trace-id-missing");
  expect(status).toBe(0);
});
