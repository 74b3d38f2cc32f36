import fc from "fast-check";
import type { Finding } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import { exchangeOf, findingOf, gatedReportOf, reportOf, sampleOf } from "./sample-report.ts";

/** What some consumer obeys, hides, reorders or takes for its own. */
export const nasty = [
  "\u001b[2J",
  "\u001b]0;x\u0007",
  "\u009b31m",
  "\r",
  "\n",
  "\t",
  "\0",
  "\u202e",
  "\u2066",
  "\u200b",
  "\u2028",
  "\ud800",
  "\udfff",
  "\ufffe",
  "\uffff",
  "⟦",
  "⟧",
  "\u{e0041}",
  "…",
  "名",
  "e\u0301",
  " ",
  "\n::error file=x,line=1::boo",
  " ::add-mask::e ",
  "::stop-commands::x",
  "##[error]boo",
  "##[group]",
  "##vso[task.setvariable variable=PWN]1",
  "##teamcity[buildStatus status='SUCCESS']",
  "%0A",
  "%25",
  "%",
  ",",
  "]]>",
  "<![CDATA[",
  "</failure>",
  "</script>",
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "<!--",
  "-->",
  "</details>",
  "&amp;",
  "&#64;",
  "|",
  "\\|",
  "\\",
  "`",
  "``` ",
  "~~~",
  "@everyone",
  "@org/team",
  "#12",
  "GH-12",
  "0123abcd",
  "[a](https://evil.example)",
  "![a](https://evil.example/x.png)",
  "https://evil.example",
  "www.evil.example",
  "a@evil.example",
  "<https://evil.example>",
  "[x]: https://evil.example",
  "](1)",
  "{0}",
  "# h",
  "* * *",
  "- a",
  "1. a",
  "> q",
  "**b**",
  "_i_",
  "~~s~~",
  "=",
  '"',
  "'",
  "javascript:alert(1)",
  "__proto__",
  "../../etc/passwd",
] as const;

export const hostileText: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: "binary", maxLength: 40 }),
  {
    weight: 3,
    arbitrary: fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 6 })), { maxLength: 30 }).map((parts) => parts.join("")),
  },
  fc.array(fc.oneof(fc.constantFrom(...nasty), fc.string({ maxLength: 6 })), { maxLength: 12 }).map((parts) => parts.join(" ")),
  fc.integer({ min: 1, max: 2_000 }).map((length) => "x".repeat(length)),
);
const text = hostileText;

const findings: fc.Arbitrary<Finding> = fc
  .tuple(text, text, text, text, text, text, text, text, fc.nat().map(String))
  .map(([message, advice, row, operation, url, found, evidence, pointer, fingerprint]) =>
    findingOf({
      message,
      advice,
      row,
      operation,
      docs: pointer,
      fingerprint,
      promise: { file: found, line: 3 },
      count: 9,
      samples: [
        sampleOf({ url, found, expected: message, evidence, capture: advice, method: row, place: { kind: "body", pointer } }),
        sampleOf({ url: message, place: { kind: "header", name: pointer } }),
      ],
    }),
  );

/** A report in which every text that is not envelint's own is a stranger's. */
export const hostileReports: fc.Arbitrary<Report> = fc
  .tuple(fc.uniqueArray(findings, { maxLength: 3, selector: ({ fingerprint }) => fingerprint }), text, text, text, text, fc.boolean())
  .map(([findings, title, server, fault, reason, isGated]) => {
    const report = (isGated ? gatedReportOf : reportOf)({
      findings,
      verdict: findings.length > 0 ? "broken" : "unjudged",
      contract: { title, file: reason },
      unjudged: [reason],
      remarks: [fault],
      faults: [{ capture: title, severity: "error", message: fault, advice: server }],
      coverage: {
        rows: [{ row: title, verdict: "unseen", seen: 0, reason, promise: { file: title, line: 1 } }],
        operations: [],
        provisions: [{ provision: title, verdict: "unseen", seen: 0, promise: { file: title, line: 1 } }],
        notObservable: [{ rule: "a/b", reason, count: 1 }],
      },
      seen: {
        ...reportOf().seen,
        inScope: [{ server, exchanges: 1, errors: 1 }],
        outOfScope: [{ server: fault, exchanges: 1, errors: 0 }],
      },
    });
    if (!isGated) return report;
    const [stale] = report.stale;
    const [ignored] = report.ignored;
    const { request, response } = exchangeOf();
    const body = { state: "present", text: fault, cut: 0, mediaType: title } as const;
    return {
      ...report,
      baseline: server,
      stale: stale === undefined ? [] : [{ ...stale, message: fault, operation: title, row: reason }],
      ignored:
        ignored === undefined ? [] : [{ ...ignored, message: title, ignore: { reason, until: fault, source: { file: server, line: 1 } } }],
      exchanges: findings.flatMap(({ samples }) =>
        samples.map(({ capture, entry }) =>
          exchangeOf({
            capture,
            entry,
            request: { ...request, url: fault, method: title, headers: [[reason, server]], body },
            response: response && { ...response, reason: title, headers: [[server, reason]], body },
          }),
        ),
      ),
    };
  });
