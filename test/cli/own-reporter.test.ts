import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { splitOwnReporter } from "../../src/cli/own-reporter.ts";
import type { Report } from "../../src/model/report.ts";
import { findingOf, reportOf } from "../reporters/sample-report.ts";
import { runCommand } from "./run-command.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const capture = join(root, "examples/course-api/bad.har");
let cwd = "";

beforeEach(() => {
  cwd = mkdtempSync(join(tmpdir(), "envelint-reporter-"));
});
afterEach(() => rmSync(cwd, { recursive: true }));

const write = (name: string, text: string) => writeFileSync(join(cwd, name), text);
const audit = (...words: string[]) => runCommand([capture, "--quiet", ...words], { cwd });

test.each([
  ["./mine.mjs", "./mine.mjs", undefined],
  ["./mine.mjs=out.txt", "./mine.mjs", "out.txt"],
  ["../a=b/mine.js=out=1.txt", "../a=b/mine.js", "out=1.txt"],
  ["./a=b/mine.mjs", "./a=b/mine.mjs", undefined],
  ["mine.mjs=out.js", "mine.mjs", "out.js"],
  ["mine.mjs", "mine.mjs", undefined],
  ["C:\\checks\\mine.mjs=out.txt", "C:\\checks\\mine.mjs", "out.txt"],
  ["file:///x/mine.mjs", "file:///x/mine.mjs", undefined],
  ["./mine.ts", "./mine.ts", undefined],
  ["/x/mine.mjs=", "/x/mine.mjs", ""],
])("%s is a reporter %s that writes to %s", (text, module, file) => {
  expect(splitOwnReporter(text)).toEqual({ module, file });
});
test.each(["json", "jsno=out.js", "sarif=a.mjs.txt", ".mjs", "-", ""])("%s is none", (text) => {
  expect(splitOwnReporter(text)).toBeUndefined();
});

describe("a reporter of the user's own", () => {
  test("is given the JSON report, and where the text goes", async () => {
    write("mine.mjs", "export default (report, look) => JSON.stringify([Object.keys(report), typeof look.width, look.color]) + '\\n';");
    write("other.mjs", "export default async (report) => report.verdict + '\\n';");
    const { stdout, exitCode } = await audit("--format", "./mine.mjs", "--format", "json=r.json", "--format", "./other.mjs=o.txt");
    expect(JSON.parse(stdout)).toEqual([Object.keys(JSON.parse(readFileSync(join(cwd, "r.json"), "utf8"))), "number", false]);
    expect(readFileSync(join(cwd, "o.txt"), "utf8")).toBe("broken\n");
    expect(exitCode).toBe(1);
  });
  test("may be named by its address", async () => {
    write("mine.mjs", "export default () => 'here\\n';");
    expect((await audit("--format", pathToFileURL(join(cwd, "mine.mjs")).href)).stdout).toBe("here\n");
  });
  test.each([
    ["./none.mjs", "There is no reporter ./none.mjs. Check the path; it is relative to the working directory."],
    ["./folder.mjs", "./folder.mjs is a folder. Name the reporter in it."],
    [
      "./named.mjs",
      './named.mjs exports no reporter. Write "export default function (report, look) { return text; }"; docs/formats.md shows one.',
    ],
    ["./broken.mjs", "./broken.mjs cannot be loaded: "],
    ["file://host/x.mjs", "--format file://host/x.mjs is no file: "],
  ])("%s is refused before anything is read", async (name, message) => {
    mkdirSync(join(cwd, "folder.mjs"));
    write("named.mjs", "export const reporter = () => '';");
    write("broken.mjs", "\n}");
    const { stderr, exitCode } = await runCommand(["none.har", "--format", name, "--format", "json=r.json"], { cwd });
    expect(stderr).toContain(`envelint: ${message}`);
    expect(stderr.split("\n")).toHaveLength(2);
    expect(exitCode).toBe(2);
    expect(existsSync(join(cwd, "r.json"))).toBe(false);
  });
  test.each([
    ["throws", "export default () => { throw new Error('no\\u001b[2J luck'); };", "The reporter ./mine.mjs failed: no\\u001b[2J luck"],
    ["rejects", "export default async () => { throw null; };", "The reporter ./mine.mjs failed: null"],
    ["gives nothing", "export default () => {};", "The reporter ./mine.mjs gave a value of type undefined; it must give a string."],
    [
      "gives bytes",
      "export default () => Buffer.from('x');",
      "The reporter ./mine.mjs gave a value of type object; it must give a string.",
    ],
  ])("that %s is told in one line, and the other reports are written", async (_, text, message) => {
    write("mine.mjs", text);
    const { stderr, stdout, exitCode } = await audit("--format", "./mine.mjs=m.txt", "--format", "json=r.json", "--format", "ndjson");
    expect(stderr).toBe(`envelint: ${message}\n`);
    expect(exitCode).toBe(2);
    expect(existsSync(join(cwd, "m.txt"))).toBe(false);
    expect(JSON.parse(readFileSync(join(cwd, "r.json"), "utf8")).verdict).toBe("broken");
    expect(stdout).toMatch(/"kind":"summary".*\n$/);
  });
  test("is not written over", async () => {
    write("mine.mjs", "export default () => 'x';");
    const { stderr } = await audit("--format", "./mine.mjs=mine.mjs");
    expect(stderr).toBe("envelint: --format ./mine.mjs=mine.mjs would overwrite a reporter of this very command.\n");
  });
});

describe("the example", () => {
  test("writes a sheet", async () => {
    const { stdout } = await runCommand([capture, "--quiet", "--format", "./examples/own-reporter/csv.mjs"], { cwd: root });
    const lines = stdout.split("\r\n");
    expect(lines[0]).toBe('"state","severity","rule","operation","times","message","promised by"');
    expect(lines.length).toBeGreaterThan(10);
    for (const line of lines.slice(0, -1)) expect(line).toMatch(/^"(?:[^"]|"")*"(?:,"(?:[^"]|"")*"){6}$/);
  });
  test("lets nothing be a formula", async () => {
    const example = pathToFileURL(join(root, "examples/own-reporter/csv.mjs")).href;
    const { default: csv } = (await import(example)) as { default: (report: Report) => string };
    expect(csv(reportOf({ findings: [findingOf({ message: '=HYPERLINK("x")' })] }))).toContain(`"'=HYPERLINK(""x"")"`);
  });
});
