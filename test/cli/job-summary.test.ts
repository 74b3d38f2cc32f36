import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { wayFromRoot } from "../../src/cli/repository-root.ts";
import { readCommands } from "../reporters/runner-commands.ts";
import { runCommand } from "./run-command.ts";

const capture = fileURLToPath(new URL("../../examples/course-api/bad.har", import.meta.url));
let cwd = "";

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-summary-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

describe("--format github in a workflow", () => {
  test("adds the Markdown report to the job's summary, and says so", async () => {
    const summary = join(cwd, "summary.md");
    writeFileSync(summary, "Earlier.\n");
    const env = { GITHUB_STEP_SUMMARY: summary };
    const { stdout, exitCode } = await runCommand([capture, "--quiet", "--format", "github"], { cwd, env });
    expect(exitCode).toBe(1);
    expect(readFileSync(summary, "utf8")).toMatch(/^Earlier\.\n<!-- envelint:audit:builtin%3Acourse%2Dapi -->\n### ✖ envelint: /);
    expect(stdout).toContain("they are in the job summary");
    expect(readCommands(stdout).filter(({ name }) => name === "error")).toHaveLength(10);
  });
  test("without a summary names another way", async () => {
    const { stdout } = await runCommand([capture, "--quiet", "--format", "github"], { cwd });
    expect(stdout).toContain("--format markdown=FILE or json=FILE lists them");
  });
  test("does not touch the summary for another format", async () => {
    const summary = join(cwd, "summary.md");
    await runCommand([capture, "--quiet", "--format", "markdown"], { cwd, env: { GITHUB_STEP_SUMMARY: summary } });
    expect(() => readFileSync(summary)).toThrow("ENOENT");
  });
  test.each([
    [
      "cannot be written",
      "none/summary.md",
      "The job's summary cannot be written to FILE: its folder does not exist. Make the folder first.",
    ],
    [
      "is full",
      "full.md",
      "The job's summary cannot be written to FILE: this step has written so much to the job's summary that GitHub would show none of it.",
    ],
  ])("a summary that %s is told, and the annotations are written", async (_, name, message) => {
    writeFileSync(join(cwd, "full.md"), "x".repeat(1024 * 1024));
    const file = join(cwd, name);
    const { stdout, stderr, exitCode } = await runCommand([capture, "--quiet", "--format", "github"], {
      cwd,
      env: { GITHUB_STEP_SUMMARY: file },
    });
    expect(stderr).toBe(`envelint: ${message.replace("FILE", file)}\n`);
    expect(exitCode).toBe(2);
    expect(stdout).toContain("--format markdown=FILE");
  });
});

describe("the way from the repository's root", () => {
  const at = (folder: string, env: Record<string, string> = {}) => wayFromRoot({ cwd: join(cwd, folder), env });
  beforeEach(() => {
    mkdirSync(join(cwd, "repo/.git"), { recursive: true });
    mkdirSync(join(cwd, "repo/services/api"), { recursive: true });
  });
  test("is found by the checkout", () => {
    expect(at("repo/services/api")).toBe("services/api");
    expect(at("repo")).toBe("");
  });
  test("is the CI's where it says so", () => {
    expect(at("repo/services/api", { GITHUB_WORKSPACE: join(cwd, "repo/services") })).toBe("api");
    expect(at("repo/services/api", { CI_PROJECT_DIR: join(cwd, "repo") })).toBe("services/api");
    expect(at("repo/services/api", { GITHUB_WORKSPACE: join(cwd, "elsewhere") })).toBe("services/api");
  });
  test("is part of what code hosts are told", async () => {
    writeFileSync(join(cwd, "repo/services/api/traffic.har"), readFileSync(capture));
    const { stdout } = await runCommand(["traffic.har", "--quiet", "--format", "gitlab"], { cwd: join(cwd, "repo/services/api") });
    expect(JSON.parse(stdout)[0].location.path).toBe("services/api/traffic.har");
  });
});
