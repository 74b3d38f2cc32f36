import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { formats } from "../../src/reporters/formats.ts";
import type { PageData } from "../../src/reporters/html/page-data.ts";
import { formatReport } from "../../src/reporters/index.ts";
import { attacks, hostileReport } from "./html/hostile-report.ts";
import { largeReport } from "./html/large-report.ts";
import { exchangeOf, findingOf, gatedReportOf, reportOf, sampleOf } from "./sample-report.ts";

/** What a document's data block holds. */
function dataOf(document: string): PageData {
  return JSON.parse(/<script type="application\/json" id="data">([^<]*)<\/script>/.exec(document)?.[1] ?? "null") as PageData;
}

/** The text of the document's elements, data and script left out. */
function textOf(document: string): string {
  return document
    .replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ");
}

const gated = formatReport(gatedReportOf(), "html");

describe("the document", () => {
  test("shows exchanges, and is the same for the same report", () => {
    expect(formats.get("html")?.showsExchanges).toBe(true);
    expect(formatReport(gatedReportOf(), "html", { color: true, width: 40 })).toBe(gated);
  });

  test("is well-formed: every element that is opened is closed, in order", () => {
    const body = gated.replace(/<(script|style)([^>]*)>[\s\S]*?<\/\1>/g, "<$1$2></$1>").replace("<!doctype html>", "");
    const open: string[] = [];
    for (const [, slash, tag = ""] of body.matchAll(/<(\/?)([a-z][a-z0-9]*)(?:\s[^<>]*)?>/g)) {
      if (slash === "/") expect(open.pop()).toBe(tag);
      else if (!["meta", "input", "br", "hr"].includes(tag)) open.push(tag);
    }
    expect(open).toEqual([]);
    expect(body.replace(/<\/?[a-z][^<>]*>/g, "")).not.toMatch(/[<>]/);
    const ids = [...body.matchAll(/\sid="([^"]*)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("lets its own script and style in by their hashes, and nothing else", () => {
    const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(gated)?.[1]?.replaceAll("&#39;", "'") ?? "";
    const hash = (text = "") => `'sha256-${createHash("sha256").update(text).digest("base64")}'`;
    expect(policy.split("; ")).toEqual([
      "default-src 'none'",
      `script-src ${hash(/<script>([\s\S]*?)<\/script>/.exec(gated)?.[1])}`,
      `style-src ${hash(/<style>([\s\S]*?)<\/style>/.exec(gated)?.[1])}`,
      "base-uri 'none'",
      "form-action 'none'",
      "require-trusted-types-for 'script'",
      "trusted-types 'none'",
    ]);
    expect(gated.match(/<script\b/g)).toHaveLength(2);
    expect(gated.indexOf("Content-Security-Policy")).toBeLessThan(gated.indexOf("<style"));
  });

  test("names no other address that could be loaded or led to", () => {
    const outside = gated.replace(/<(script|style)[^>]*>[\s\S]*?<\/\1>/g, "");
    expect(outside).not.toMatch(/\s(?:src|action|style|on[a-z]+)=/);
    for (const [, href] of outside.matchAll(/\shref="([^"]*)"/g)) expect(href).toMatch(/^#/);
    expect(gated).not.toMatch(/@import|url\((?!"#hatch"\))/);
  });
});

describe("whatever a report says", () => {
  const text = fc.array(fc.oneof(fc.constantFrom(...attacks), fc.string({ unit: "binary", maxLength: 12 })), { maxLength: 4 });
  test("the document has the same elements, and says it visibly", () => {
    fc.assert(
      fc.property(fc.infiniteStream(text), (texts) => {
        const document = formatReport(
          hostileReport(() => texts.next().value.join("")),
          "html",
        );
        expect(document.match(/<script\b/gi)?.length).toBe(2);
        expect(document).not.toMatch(/<(?:img|iframe|link|base|object|embed)\b/i);
        expect(dataOf(document)).not.toBeNull();
        expect(/[^"]{0,40}[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u.exec(document.replaceAll(/[\n\t]/g, ""))?.[0]).toBe(undefined);
      }),
      { numRuns: 60 },
    );
  });

  test("what is meant to look like something else is shown as it is", () => {
    const document = formatReport(reportOf({ contract: { title: "a\u202egnp.exe\u0000", file: "x" } }), "html");
    expect(document).toContain("a\\u202egnp.exe\\u0000");
  });
});

describe("what is told", () => {
  test("verdict, contract, what was judged, the exit code's meaning", () => {
    const text = textOf(gated);
    expect(text).toContain("✖ broken Course API");
    expect(text).toContain("118 of 1,200 exchanges in 1 capture, 14 error answers, of https://api.example.com");
    expect(text).toContain("1: a finding reaches the --fail-on level, or an entry of the baseline is stale");
    expect(text).toMatch(/3 new 1 stale 1 known 1 ignored +\(baseline errors.baseline.json\)/);
    expect(textOf(formatReport(reportOf({ unjudged: ["A capture broke off."] }), "html"))).toContain("2: not everything could be judged");
    expect(textOf(formatReport(reportOf({ findings: [], verdict: "kept" }), "html"))).toContain("0: nothing stands in the way of a merge.");
  });

  test("all that is no finding: what was not judged, remarks, faults, servers, cases that could not be told", () => {
    const text = textOf(
      formatReport(gatedReportOf({ unjudged: ["A capture broke off."], seen: { ...reportOf().seen, forgotten: 3 } }), "html"),
    );
    for (const told of [
      "Could not be judged 1 A capture broke off.",
      "The ignore at envelint.config.yaml:9 (client/*) ended on 2026-10-31",
      "3 remembered exchanges had to be forgotten",
      "note: bad.har entry 40 line 1200: The response has no content.",
      "rate-limit/retry-after-disagrees: body not captured (3)",
      "1,080 out-of-scope",
      "https://cdn.example.com (1,080 exchanges, 1 error)",
      "listed in errors.baseline.json:4",
      "passed over until 2027-01-31: the gateway is being replaced (envelint.config.yaml:12)",
    ])
      expect(text).toContain(told);
  });

  test("a probe's run", () => {
    const probe = {
      target: "https://api.example.com",
      plan: "plan.yaml",
      sent: 3,
      budget: 10,
      unsent: 2,
      stopped: "the server asked for quiet",
      made: ["POST /v1/courses: crs_7"],
      probes: [{ probe: "auth/none", verdict: "fail", sent: 3, reason: "said nothing" } as const],
    };
    const text = textOf(formatReport(reportOf({ command: "probe", probe }), "html"));
    for (const told of [
      "3 requests of 10, 2 left out",
      "Stopped: the server asked for quiet",
      "auth/none ✖ fail 3 said nothing",
      "POST /v1/courses: crs_7",
    ])
      expect(text).toContain(told);
  });

  test("a comparison holds nobody to the contract's rows", () => {
    expect(formatReport(reportOf({ command: "diff" }), "html")).not.toContain('id="contract"');
  });
});

describe("limits", () => {
  test("20,000 findings make a file that can be sent about, and it says what it leaves out", () => {
    const report = largeReport(20_000);
    const document = formatReport(report, "html");
    expect(document.length).toBeLessThan(45_000_000);
    const { groups, exchanges } = dataOf(document);
    expect(groups).toHaveLength(20_000);
    expect(groups.every(({ findings }) => (findings[0]?.samples.length ?? 0) > 0)).toBe(true);
    expect(exchanges.length).toBeGreaterThan(1_000);
    expect(textOf(document)).toMatch(/Left out of this page \d [\d,]+ samples, to keep the page quick/);
    expect(textOf(document)).toMatch(/[\d,]+ exchanges, to keep the page quick/);
  }, 60_000);

  test("texts of any length stay readable, and a body says how much of it is missing", () => {
    const huge = "x".repeat(3_000_000);
    const plain = exchangeOf();
    const body = { state: "present", text: huge, cut: 7, mediaType: null } as const;
    const document = formatReport(
      reportOf({
        findings: [
          findingOf({
            message: huge,
            advice: huge,
            operation: huge,
            row: huge,
            samples: [sampleOf({ url: huge, evidence: huge, found: huge, curl: huge })],
          }),
        ],
        exchanges: [{ ...plain, request: { ...plain.request, url: huge, body, headers: [[huge, huge]] } }],
      }),
      "html",
    );
    expect(document.length).toBeLessThan(250_000);
    expect(textOf(document)).toContain("2,984,007 more characters of the body left out.");
  });

  test("findings of many pages do not all get into one", () => {
    const document = formatReport(
      reportOf({ findings: Array.from({ length: 50_003 }, (_, index) => findingOf({ fingerprint: `${index}`, samples: [] })) }),
      "html",
    );
    expect(textOf(document)).toContain("3 findings, to keep the page quick");
  });
});
