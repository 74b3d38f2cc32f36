import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formatReport } from "../../src/reporters/index.ts";
import { markdownCode, markdownText } from "../../src/reporters/markdown-text.ts";
import { hostileText } from "./hostile-reports.ts";
import { readMarkdown } from "./read-markdown.ts";
import { findingOf, gatedReportOf, reportOf } from "./sample-report.ts";

test("a report", async () => {
  await expect(formatReport(gatedReportOf({ unjudged: ["bad.har ends too early"] }), "markdown")).toMatchFileSnapshot("markdown/gated.md");
});
test("a report in which all is well", async () => {
  await expect(formatReport(reportOf({ findings: [], faults: [], verdict: "kept" }), "markdown")).toMatchFileSnapshot("markdown/kept.md");
});

test("what to do next is code as a whole", () => {
  const next = (report: Parameters<typeof formatReport>[0]) => /^Next: .*/m.exec(formatReport(report, "markdown"))?.[0];
  expect(next(reportOf())).toBe("Next: `envelint explain rate-limit/retry-after-missing`");
  expect(next(gatedReportOf({ findings: [] }))).toBe("Next: `envelint … --update-baseline` takes what is stale out of the baseline");
  expect(next(reportOf({ findings: [findingOf({ docs: "own/mine.md" })] }))).toBe("Next: see `own/mine.md`");
});

describe("the first line", () => {
  const marker = (report: Parameters<typeof formatReport>[0]) => formatReport(report, "markdown").split("\n", 1)[0];
  test("is a hidden mark, the same for each run against one contract", () => {
    expect(marker(reportOf())).toBe("<!-- envelint:audit:contracts%2Fcourse%2Dapi.yaml -->");
    expect(marker(reportOf({ findings: [], verdict: "kept" }))).toBe(marker(reportOf()));
  });
  test("differs by contract and command", () => {
    expect(marker(reportOf({ contract: { title: "", file: "other.yaml" } }))).not.toBe(marker(reportOf()));
    expect(marker(reportOf({ command: "diff" }))).not.toBe(marker(reportOf()));
  });
  test("cannot be ended by a contract's name", () => {
    expect(marker(reportOf({ contract: { title: "", file: "a--><script>" } }))).toBe("<!-- envelint:audit:a%2D%2D%3E%3Cscript%3E -->");
  });
});

describe("a stranger's text", () => {
  test.each([
    ["A 429 does not say when to come back.", "A 429 does not say when to come back."],
    ["The type is not_found_error; it is not.", "The type is `not_found_error`; it is not."],
    ["Ask @team about #12.", "Ask `@team` about `#12`."],
    ["See https://evil.example now", "See `https://evil.example` now"],
    ["a | b", "a `\\u007c` b"],
    ["tick ` tock", "tick `` ` `` tock"],
    ["GH-12 and 0123abcd and 1. and -", "`GH-12` and `0123abcd` and 1. and `-`"],
    ["1. is no list", "`1`. is no list"],
    ["<b>x</b>", "`<b>x</b>`"],
    ["", ""],
  ])("%s", (text, markdown) => {
    expect(markdownText(text)).toBe(markdown);
  });
  test("is one paragraph, whatever it is", () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        for (const written of [markdownText(text), markdownCode(text)]) {
          const { html, links, blocks } = readMarkdown(`- x ${written}`);
          expect([html, links]).toEqual([[], []]);
          expect(
            blocks.filter((block) => !/^(?:bullet_list|list_item|paragraph)_(?:open|close)$|^text$|^code_inline$/.test(block)),
          ).toEqual([]);
        }
      }),
      { numRuns: 500 },
    );
  });
});

test("findings that say the same are one line", () => {
  const findings = ["a", "b", "c", "d"].map((operation) => findingOf({ operation, fingerprint: operation }));
  const lines = formatReport(reportOf({ findings }), "markdown")
    .split("\n")
    .filter((line) => line.startsWith("| ✖ error"));
  expect(lines).toHaveLength(1);
  expect(lines[0]).toContain("`a`, `b`, `c` and 1 more | 4 |");
});
