import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));
let root = "";
let cwd = "";

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), "envelint-folders-"));
  cwd = join(root, "project");
  mkdirSync(cwd);
  for (const name of ["good.har", "shop.yaml"]) cpSync(join(fixtures, name), join(cwd, name));
});
afterEach(() => rmSync(root, { recursive: true }));

const audit = (...words: string[]) => runCommand(["good.har", "--contract", "shop.yaml", "--quiet", ...words], { cwd });

describe("a report's folder is made", () => {
  test("with those above it, wherever the command line says", async () => {
    const { exitCode } = await audit("--format", "json=out/deep/report.json", "--format", `html=${join(root, "reports/errors.html")}`);
    expect(exitCode).toBe(0);
    expect([existsSync(join(cwd, "out/deep/report.json")), existsSync(join(root, "reports/errors.html"))]).toEqual([true, true]);
  });
  test("only when the report is written", async () => {
    const { exitCode } = await audit("--format", "json=out/report.json", "--rule", "no/such=off");
    expect([exitCode, existsSync(join(cwd, "out"))]).toEqual([2, false]);
  });
  test("a baseline's as well", async () => {
    cpSync(join(fixtures, "bad.har"), join(cwd, "good.har"));
    const { exitCode } = await audit("--baseline", "ci/base.jsonl", "--update-baseline", "--accept-new");
    expect([exitCode, readdirSync(join(cwd, "ci"))]).toEqual([0, ["base.jsonl"]]);
  });
});

describe("a folder that cannot be made is told before anything is read", () => {
  const refused = async (file: string, why: string) => {
    const { exitCode, stderr, stdout } = await audit("--format", `json=${file}`);
    expect({ exitCode, stderr, stdout }).toEqual({
      exitCode: 2,
      stderr: `envelint: The report cannot be written to ${file}: ${why}.\n`,
      stdout: "",
    });
  };
  test("below a file", () => refused("good.har/out/x.json", "what should be its folder is not a folder"));
  test("below a link that leads nowhere", async () => {
    symlinkSync("nowhere", join(cwd, "out"));
    await refused("out/x.json", "what should be its folder is not a folder");
  });
  test.skipIf(process.getuid?.() === 0)("below a folder that is closed", async () => {
    mkdirSync(join(cwd, "closed"));
    chmodSync(join(cwd, "closed"), 0o555);
    await refused("closed/out/x.json", "permission is denied");
  });
  test("below another report", async () => {
    const { exitCode, stderr } = await audit("--format", "json=out", "--format", "html=out/x.html");
    expect([exitCode, stderr]).toEqual([2, "envelint: --format json=out would be a file where --format html=out/x.html needs a folder.\n"]);
  });
  test("two names of one file that is still to be made", async () => {
    mkdirSync(join(cwd, "real"));
    symlinkSync("real", join(cwd, "link"));
    const { exitCode, stderr } = await audit("--format", "json=real/a/x.json", "--format", "pretty=link/a/x.json");
    expect(exitCode).toBe(2);
    expect(stderr).toContain("would overwrite another report of this very command");
  });
});

describe("a configuration that was found", () => {
  const configured = (file: string, ...words: string[]) => {
    writeFileSync(join(cwd, "envelint.config.yaml"), `contract: shop.yaml\nformats: ["json=${file}"]\n`);
    return runCommand(["good.har", "--quiet", ...words], { cwd });
  };
  test("has folders made below its own", async () => {
    expect((await configured("out/report.json")).exitCode).toBe(0);
    expect(existsSync(join(cwd, "out/report.json"))).toBe(true);
  });
  test("has none made elsewhere, by no link either; one that is there will do", async () => {
    symlinkSync("..", join(cwd, "up"));
    for (const file of ["../out/report.json", "up/out/report.json"]) {
      const { exitCode, stderr } = await configured(file);
      expect([exitCode, existsSync(join(root, "out"))]).toEqual([2, false]);
      expect(stderr).toBe(
        `envelint: The report cannot be written to ${file}: its folder does not exist, and is outside the configuration's own. Make the folder first.\n`,
      );
    }
    mkdirSync(join(root, "out"));
    expect((await configured("../out/report.json")).exitCode).toBe(0);
  });
  test("is the user's word where it was named", async () => {
    expect((await configured("../out/report.json", "--config", "envelint.config.yaml")).exitCode).toBe(0);
  });
});
