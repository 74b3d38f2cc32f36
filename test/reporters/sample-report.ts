import type { Finding, Sample } from "../../src/model/finding.ts";
import type { Report } from "../../src/model/report.ts";
import type { ShownExchange } from "../../src/model/shown-exchange.ts";

/** A sample as a report holds it; what a test is about is given. */
export function sampleOf(given: Partial<Sample> = {}): Sample {
  return {
    capture: "bad.har",
    entry: 12,
    offset: 40213,
    line: 981,
    method: "POST",
    url: "https://api.example.com/v1/courses/c_1/launch",
    status: 429,
    place: { kind: "header", name: "Retry-After" },
    expected: "a whole number of seconds",
    found: "no such header",
    evidence: "⟦HTTP 429 without Retry-After⟧",
    related: [],
    ...given,
  };
}

export function findingOf(given: Partial<Finding> = {}): Finding {
  return {
    rule: "rate-limit/retry-after-missing",
    note: "missing",
    severity: "error",
    subject: "server",
    message: "A 429 rate_limit_error does not say when to come back.",
    advice: "Send Retry-After with the seconds to wait.",
    row: "rate-limited",
    promise: { file: "contracts/course-api.yaml", line: 31 },
    operation: "launchCourse",
    fingerprint: "f00d",
    count: 1,
    docs: "rules/rate-limit/retry-after-missing.md",
    samples: [sampleOf()],
    ...given,
  };
}

/** The exchange of `sampleOf()`, as a report shows it. */
export function exchangeOf(given: Partial<ShownExchange> = {}): ShownExchange {
  return {
    capture: "bad.har",
    entry: 12,
    startedAt: Date.parse("2026-11-05T12:00:00.000Z"),
    endedAt: Date.parse("2026-11-05T12:00:00.120Z"),
    account: "alice",
    request: {
      method: "POST",
      url: "https://api.example.com/v1/courses/c_1/launch",
      headers: [
        ["Authorization", "[masked]"],
        ["Content-Type", "application/json"],
      ],
      body: { state: "present", text: '{"preset":"p_1"}', cut: 0, mediaType: "application/json" },
    },
    response: {
      status: 429,
      reason: "Too Many Requests",
      headers: [["Content-Type", "application/json"]],
      body: {
        state: "present",
        text: '{"detail":{"error":{"type":"rate_limit_error","code":null,"message":"Slow down.","param":null}}}',
        cut: 0,
        mediaType: "application/json",
      },
    },
    ...given,
  };
}

/** A report that has all that a gate adds: known, ignored and stale, remarks, exchanges. */
export function gatedReportOf(given: Partial<Report> = {}): Report {
  return reportOf({
    baseline: "errors.baseline.json",
    known: [findingOf({ fingerprint: "0a0a", operation: "getCourse", count: 3 })],
    stale: [
      {
        fingerprint: "0b0b",
        rule: "envelope/not-json",
        note: "html",
        operation: "getCourse",
        row: "server-error",
        message: "A 500 is an HTML page.",
        line: 4,
      },
    ],
    ignored: [
      {
        ...findingOf({ fingerprint: "0c0c", rule: "http/date-missing", severity: "warning", message: "A 404 has no Date.", row: null }),
        ignore: { reason: "the gateway is being replaced", until: "2027-01-31", source: { file: "envelint.config.yaml", line: 12 } },
      },
    ],
    remarks: ["The ignore at envelint.config.yaml:9 (client/*) ended on 2026-10-31: what it passed over counts again."],
    exchanges: [exchangeOf(), exchangeOf({ entry: 13 })],
    ...given,
  });
}

/** A report with a bit of everything. */
export function reportOf(given: Partial<Report> = {}): Report {
  return {
    schemaVersion: 1,
    tool: { name: "envelint", version: "0.1.0" },
    command: "audit",
    contract: { title: "Course API", file: "contracts/course-api.yaml" },
    verdict: "broken",
    failOn: "error",
    unjudged: [],
    findings: [
      findingOf({
        count: 7,
        samples: [sampleOf(), sampleOf({ entry: 13, line: 1002 }), sampleOf({ entry: 20, line: null }), sampleOf({ entry: 21 })],
      }),
      findingOf({
        rule: "pairing/type-mismatch",
        note: "unknown",
        message: 'The contract knows no type "notFound_error"; it means "not_found_error".',
        advice: "Send the type the contract names.",
        row: null,
        promise: null,
        operation: "other",
        fingerprint: "beef",
        samples: [
          sampleOf({
            entry: 3,
            line: 77,
            method: "GET",
            url: "https://api.example.com/v1/courses/c_2?expand=modules,lessons,authors&page=1&page_size=50&sort=-created_at",
            status: 404,
            place: { kind: "body", pointer: "/detail/error/type" },
            expected: "not_found_error",
            found: "notFound_error",
            evidence:
              '{"detail":{"error":{"type":⟦"notFound_error"⟧,"code":"course_not_found","message":"No such course.","param":"course_id"}}}',
            related: [{ capture: "bad.har", entry: 2 }],
          }),
        ],
      }),
      findingOf({
        rule: "idempotency/replayed-twice",
        severity: "warning",
        subject: "client",
        message: "A launch was sent again with another key.",
        advice: "",
        fingerprint: "cafe",
        row: null,
        promise: { file: "contracts/course-api.yaml", line: 60 },
        samples: [sampleOf({ place: { kind: "status" }, expected: "", found: "", evidence: "" })],
      }),
    ],
    known: [],
    stale: [],
    ignored: [],
    remarks: [],
    coverage: {
      rows: [
        { row: "rate-limited", verdict: "broken", seen: 7, promise: { file: "contracts/course-api.yaml", line: 31 } },
        { row: "course-not-found", verdict: "kept", seen: 2, promise: { file: "contracts/course-api.yaml", line: 24 } },
        { row: "preset-not-found", verdict: "unseen", seen: 0, promise: { file: "contracts/course-api.yaml", line: 26 } },
        { row: "quota-exceeded", verdict: "unseen", seen: 0, promise: { file: "contracts/course-api.yaml", line: 36 } },
        { row: "already-launched", verdict: "not observable", seen: 0, promise: { file: "contracts/course-api.yaml", line: 28 } },
      ],
      operations: [
        { operation: "launchCourse", verdict: "broken", exchanges: 20, errors: 7 },
        { operation: "other", verdict: "kept", exchanges: 98, errors: 7 },
      ],
      provisions: [
        { provision: "masking:course", verdict: "not observable", seen: 2, promise: { file: "contracts/course-api.yaml", line: 52 } },
        { provision: "idempotency:launchCourse:key", verdict: "unseen", seen: 0, promise: { file: "contracts/course-api.yaml", line: 60 } },
      ],
      notObservable: [{ rule: "rate-limit/retry-after-disagrees", reason: "body not captured", count: 3 }],
    },
    seen: {
      captures: 1,
      bytes: 120_000,
      exchanges: 1200,
      judged: 118,
      errors: 14,
      notJudged: { "no-response": 2, "out-of-scope": 1080 },
      forgotten: 0,
      inScope: [{ server: "https://api.example.com", exchanges: 118, errors: 14 }],
      outOfScope: [{ server: "https://cdn.example.com", exchanges: 1080, errors: 1 }],
    },
    faults: [
      { capture: "bad.har", entry: 40, offset: 9000, line: 1200, severity: "note", message: "The response has no content.", advice: "" },
    ],
    ...given,
  };
}
