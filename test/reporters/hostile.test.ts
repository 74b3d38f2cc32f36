import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { columnsOf } from "../../src/syntax/terminal-text.ts";
import { findingOf, reportOf, sampleOf } from "./sample-report.ts";

/** What a terminal obeys, hides or reorders. The newline that ends our own lines is taken out beforehand. */
const dangerous = /[\p{Cc}\p{Cs}\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

const nasty = fc.constantFrom(
  "\u001b[2J",
  "\u001b]0;x\u0007",
  "\u009b31m",
  "\r",
  "\n",
  "\t",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u2028",
  "\ud800",
  "⟦",
  "⟧",
  "\u{e0041}",
  "…",
  "名",
  "e\u0301",
  " ",
);
const text = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  fc.array(fc.oneof(nasty, fc.string({ maxLength: 6 })), { maxLength: 30 }).map((parts) => parts.join("")),
  fc.integer({ min: 1, max: 2_000 }).map((length) => "x".repeat(length)),
);
const findings: fc.Arbitrary<Finding> = fc
  .tuple(text, text, text, text, text, text, text, text)
  .map(([message, advice, row, operation, url, found, evidence, pointer]) =>
    findingOf({
      message,
      advice,
      row,
      operation,
      promise: { file: found, line: 3 },
      count: 9,
      samples: [
        sampleOf({ url, found, expected: message, evidence, capture: advice, method: row, place: { kind: "body", pointer } }),
        sampleOf({ url: message, place: { kind: "header", name: pointer } }),
      ],
    }),
  );
const reports: fc.Arbitrary<Report> = fc
  .tuple(fc.array(findings, { maxLength: 3 }), text, text, text, text)
  .map(([findings, title, server, fault, reason]) =>
    reportOf({
      findings,
      verdict: findings.length > 0 ? "broken" : "unjudged",
      contract: { title, file: reason },
      unjudged: [reason],
      faults: [{ capture: title, severity: "error", message: fault, advice: server }],
      coverage: {
        rows: [{ row: title, verdict: "unseen", seen: 0, promise: { file: title, line: 1 } }],
        operations: [],
        provisions: [{ provision: title, verdict: "unseen", seen: 0, promise: { file: title, line: 1 } }],
        notObservable: [{ rule: "a/b", reason, count: 1 }],
      },
      seen: {
        ...reportOf().seen,
        inScope: [{ server, exchanges: 1, errors: 1 }],
        outOfScope: [{ server: fault, exchanges: 1, errors: 0 }],
      },
    }),
  );

describe("whatever a capture, a contract or a server says", () => {
  test("a terminal never gets to obey it", () => {
    fc.assert(
      fc.property(reports, fc.boolean(), (report, color) => {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: our own colours, and nothing more.
        const shown = formatReport(report, "pretty", { color, width: 80 }).replace(/\u001b\[(?:1|2|22|3[1-9]|31;4|0)m/g, color ? "" : "$&");
        expect(shown.replaceAll("\n", "")).not.toMatch(dangerous);
      }),
    );
  });
  test("no line is longer than the terminal is wide", () => {
    fc.assert(
      fc.property(reports, fc.integer({ min: 30, max: 120 }), (report, width) => {
        const lines = formatReport(report, "pretty", { color: false, width }).split("\n");
        for (const line of lines) expect(columnsOf(line), line).toBeLessThanOrEqual(width);
      }),
    );
  });
  test("JSON shown on a terminal is as harmless, and loses nothing", () => {
    fc.assert(
      fc.property(reports, (report) => {
        const shown = formatReport(report, "json");
        expect(shown.replaceAll("\n", "")).not.toMatch(dangerous);
        expect(JSON.parse(shown)).toEqual(JSON.parse(JSON.stringify(report)));
      }),
    );
  });
});
