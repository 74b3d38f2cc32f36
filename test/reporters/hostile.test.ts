import fc from "fast-check";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/reporters/formats.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { columnsOf } from "../../src/syntax/terminal-text.ts";
import { codeScanningFaults, schemaFaults } from "./code-scanning.ts";
import { hostileReports, nasty } from "./hostile-reports.ts";
import { junitFaults, readJunit } from "./read-junit.ts";
import { readMarkdown } from "./read-markdown.ts";
import { readCommands } from "./runner-commands.ts";
import { findingOf, reportOf } from "./sample-report.ts";

/** What a terminal obeys, hides or reorders. The newline that ends our own lines is taken out beforehand. */
const dangerous = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

describe("whatever a capture, a contract or a server says", () => {
  test.each([...formats.keys()].filter((name) => name !== "html"))(
    "%s holds nothing that a terminal obeys, and no command to a runner but its own",
    (name) => {
      fc.assert(
        fc.property(hostileReports, (report) => {
          const shown = formatReport(report, name);
          expect(shown.replaceAll("\n", "")).not.toMatch(dangerous);
          for (const command of readCommands(shown)) {
            expect(name).toBe("github");
            expect(["error", "warning", "notice"]).toContain(command.name);
            expect(Object.keys(command.properties).filter((key) => !["file", "line", "title"].includes(key))).toEqual([]);
          }
        }),
      );
    },
  );
  test("a terminal never gets to obey it, in colour either", () => {
    fc.assert(
      fc.property(hostileReports, fc.boolean(), (report, color) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours, and nothing more.
        const shown = formatReport(report, "pretty", { color, width: 80 }).replace(/\u001b\[(?:1|2|22|3[1-9]|31;4|0)m/g, color ? "" : "$&");
        expect(shown.replaceAll("\n", "")).not.toMatch(dangerous);
      }),
    );
  });
  test("no line is longer than the terminal is wide", () => {
    fc.assert(
      fc.property(hostileReports, fc.integer({ min: 30, max: 120 }), (report, width) => {
        const lines = formatReport(report, "pretty", { color: false, width }).split("\n");
        for (const line of lines) expect(columnsOf(line), line).toBeLessThanOrEqual(width);
      }),
    );
  });
  test("json loses nothing of it", () => {
    fc.assert(
      fc.property(hostileReports, ({ exchanges: _, ...report }) => {
        expect(JSON.parse(formatReport(report, "json"))).toEqual(JSON.parse(JSON.stringify(report)));
      }),
    );
  });
  test("ndjson has a line each, whole", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const lines = formatReport(report, "ndjson")
          .trimEnd()
          .split("\n")
          .map((line) => JSON.parse(line));
        const count = (kind: string) => lines.filter((line) => line.kind === kind).length;
        expect(count("finding")).toBe(report.findings.length);
        expect(lines.at(-1)).toMatchObject({ kind: "summary", contract: report.contract });
      }),
    );
  });
  test("sarif fits its schema and code scanning, and holds no link but its own", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const text = formatReport(report, "sarif");
        expect(schemaFaults(text)).toEqual([]);
        expect(codeScanningFaults(text)).toEqual([]);
        const [run] = (JSON.parse(text) as Log).runs;
        for (const { message } of run?.results ?? [])
          for (const [, target] of message.text?.matchAll(/\]\(([^)]*)/g) ?? []) expect(target).toBe("1");
      }),
      { numRuns: 60 },
    );
  });
  test("junit is XML 1.0 that a strict parser reads, with a case for each promise", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const cases = readJunit(formatReport(report, "junit"));
        for (const { name, classname, outcome } of cases) {
          expect(name).not.toBe("");
          expect(classname).not.toBe("");
          expect(["passed", "skipped", "failure", "error"]).toContain(outcome);
        }
        expect(cases.filter(({ outcome }) => outcome === "error")).toHaveLength(report.unjudged.length);
      }),
    );
  });
  test("github's annotations read back as they were meant", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const commands = readCommands(formatReport(report, "github"));
        const about = commands.filter(({ properties }) => properties.title === "rate-limit/retry-after-missing");
        expect(about.length).toBeLessThanOrEqual(report.findings.length);
        if (report.findings.length > 0) expect(about.length).toBeGreaterThan(0);
        for (const { properties } of about) expect(properties.line).toMatch(/^\d+$/);
      }),
    );
  });
  test("gitlab has a list of entries, each with all that is asked for", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const entries = JSON.parse(formatReport(report, "gitlab"));
        expect(entries).toHaveLength(report.findings.length + report.known.length);
        for (const { description, check_name, fingerprint, severity, location } of entries) {
          for (const text of [description, check_name, fingerprint, location.path])
            expect(typeof text === "string" && text !== "").toBe(true);
          expect(["info", "minor", "major", "critical", "blocker"]).toContain(severity);
          expect(location.lines.begin).toBeGreaterThanOrEqual(1);
        }
      }),
    );
  });
  test("markdown makes no link, image, mention, reference or HTML of it, and no table breaks", () => {
    fc.assert(
      fc.property(hostileReports, (report) => {
        const { html, links, prose, blocks, rows } = readMarkdown(formatReport(report, "markdown"));
        expect(html.filter((name) => !["!--", "details", "summary"].includes(name))).toEqual([]);
        expect(html.filter((name) => name === "!--")).toHaveLength(1);
        expect(html.filter((name) => name === "details").length % 2).toBe(0);
        expect(links).toEqual([]);
        expect(prose).not.toMatch(/[@#]\w|GH-\d|:\/\/|www\.\w/);
        expect(blocks.filter((block) => /^(?:hr|blockquote_open|ordered_list_open|code_block)$/.test(block))).toEqual([]);
        expect(blocks.filter((block) => block === "heading_open")).toHaveLength(1);
        expect(rows.filter((cells) => cells !== 5 && cells !== 3)).toEqual([]);
      }),
    );
  });
});

test("junit fits the test tabs' grammar with every nasty text there is", async () => {
  const findings = nasty.map((text, index) =>
    findingOf({ message: text, advice: text, row: text, operation: text, fingerprint: String(index), promise: { file: text, line: 1 } }),
  );
  expect(await junitFaults(formatReport(reportOf({ findings, unjudged: [...nasty] }), "junit"))).toEqual([]);
});
