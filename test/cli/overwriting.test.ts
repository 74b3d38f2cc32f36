import { cpSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, expect, test } from "vitest";
import { runCommand } from "./run-command.ts";

const fixtures = fileURLToPath(new URL("./fixtures/", import.meta.url));
let cwd = "";

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-overwriting-"));
  mkdirSync(join(cwd, "caps"));
  cpSync(join(fixtures, "good.har"), join(cwd, "caps/a.har"));
  cpSync(join(fixtures, "good.har"), join(cwd, "caps/b.har"));
  cpSync(join(fixtures, "shop.yaml"), join(cwd, "base.yaml"));
  writeFileSync(join(cwd, "mine.yaml"), "envelint: 1\ntitle: Mine\nextends: base.yaml\n");
  symlinkSync("caps/a.har", join(cwd, "link.har"));
  linkSync(join(cwd, "caps/a.har"), join(cwd, "hard.har"));
  symlinkSync("caps", join(cwd, "folder"));
});

afterEach(() => rmSync(cwd, { recursive: true }));

/** Every file's text. */
function snapshot(): Record<string, string> {
  const files = readdirSync(cwd, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return Object.fromEntries(
    files.map((entry) => [join(entry.parentPath, entry.name), readFileSync(join(entry.parentPath, entry.name), "utf8")]),
  );
}

test.each([
  ["a file in a folder that is judged", ["caps"], "caps/a.har", "caps/a.har"],
  ["a file that a glob matches", ["caps/*.har"], "caps/a.har", "caps/a.har"],
  ["a link to a capture", ["caps/a.har"], "link.har", "caps/a.har"],
  ["a hard link to a capture", ["caps/a.har"], "hard.har", "caps/a.har"],
  ["a capture given as a link", ["link.har"], "caps/a.har", "link.har"],
  ["a capture by way of a linked folder", ["caps"], "folder/b.har", "caps/b.har"],
  ["a capture written otherwise", ["caps/a.har"], "caps/../caps/./a.har", "caps/a.har"],
  ["the contract", ["caps", "--contract", "mine.yaml"], "mine.yaml", "the contract or a file it extends"],
  ["a contract that is extended", ["caps", "--contract", "mine.yaml"], "base.yaml", "the contract or a file it extends"],
])("a report is never written over %s", async (_, words, file, named) => {
  const before = snapshot();
  const { exitCode, stdout, stderr } = await runCommand([...words, "--format", "pretty=new.txt", "--format", `json=${file}`], { cwd });
  expect(stderr).toBe(
    `envelint: --format json=${file} would overwrite ${named}, which this command reads. Give the report another file.\n`,
  );
  expect({ exitCode, stdout, files: snapshot() }).toEqual({ exitCode: 2, stdout: "", files: before });
});

test("two reports are never written to one file", async () => {
  writeFileSync(join(cwd, "one.json"), "");
  symlinkSync("one.json", join(cwd, "two.json"));
  for (const [one, two] of [
    ["one.json", "two.json"],
    ["caps/new.json", "folder/new.json"],
  ]) {
    const { exitCode, stderr } = await runCommand(["caps", "--format", `json=${one}`, "--format", `pretty=${two}`], { cwd });
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: `envelint: --format pretty=${two} would overwrite another report of this very command.\n`,
    });
  }
});

test("a report that is there from the last run is written anew", async () => {
  writeFileSync(join(cwd, "caps/report.json"), '{"old": true}');
  const { exitCode } = await runCommand(["caps", "--contract", "mine.yaml", "--format", "json=caps/report.json"], { cwd });
  expect(exitCode).toBeLessThan(2);
  expect(readFileSync(join(cwd, "caps/report.json"), "utf8")).not.toContain("old");
});

test.each([
  ["a baseline", ["--baseline", "known.json"], "known.json", "known.json, which this command reads"],
  ["a baseline that is to be made", ["--baseline", "new.json", "--update-baseline"], "new.json", "new.json, which this command reads"],
  ["the configuration", ["--config", "own.config.json"], "own.config.json", "own.config.json, which this command reads"],
  ["authorities", ["--ca", "ca.pem"], "ca.pem", "ca.pem, which this command reads"],
  ["the contract", ["--contract", "mine.yaml"], "mine.yaml", "mine.yaml, which this command reads"],
  ["a contract that is extended", ["--contract", "mine.yaml"], "base.yaml", "a file that the contract extends"],
])("a recording is never written over %s", async (_, words, file, named) => {
  for (const [name, text] of [
    ["known.json", "{}"],
    ["own.config.json", "{}"],
    ["ca.pem", ""],
  ] as const)
    writeFileSync(join(cwd, name), text);
  const before = snapshot();
  const given = ["record", "--target", "http://127.0.0.1:9", ...words, "--record", `./${file}`, "--", "node", "-e", "0"];
  const { exitCode, stderr } = await runCommand(given, { cwd });
  expect(stderr).toContain(`--record ./${file} would overwrite ${named}. Give the recording another file.`);
  expect({ exitCode, files: snapshot() }).toEqual({ exitCode: 2, files: before });
});
