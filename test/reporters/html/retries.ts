import type { Report } from "../../../src/model/report.ts";
import type { ShownExchange } from "../../../src/model/shown-exchange.ts";
import { exchangeOf, findingOf, reportOf, sampleOf } from "../sample-report.ts";

const start = Date.parse("2026-11-05T12:00:00.000Z");

/** A try that began after `seconds` and took 0.2 s; `wait` is what its answer's Retry-After says. */
function tryOf(entry: number, seconds: number, status: number, wait?: string): ShownExchange {
  const plain = exchangeOf();
  const headers = [["Content-Type", "application/json"], ...(wait === undefined ? [] : [["Retry-After", wait]])] as [string, string][];
  return {
    ...plain,
    entry,
    startedAt: start + 1000 * seconds,
    endedAt: start + 1000 * seconds + 200,
    response: plain.response && { ...plain.response, status, headers },
  };
}

/** A client that comes back 4 s after it was told to wait 10 s, then in time. */
export function retriesReport(given: Partial<Report> = {}): Report {
  return reportOf({
    findings: [
      findingOf({
        rule: "client/retried-early",
        note: "early",
        subject: "client",
        message: "The same request was sent again after 4 s, though the answer said to wait 10 s.",
        advice: "Read Retry-After, and send nothing that the limit counts before that time has passed since the answer.",
        docs: "rules/client/retried-early.md",
        fingerprint: "ea41",
        count: 2,
        samples: [
          sampleOf({
            entry: 2,
            place: { kind: "exchange" },
            expected: "10 s after the answer",
            found: "4 s after it",
            related: [{ capture: "bad.har", entry: 1 }],
          }),
          sampleOf({
            entry: 3,
            place: { kind: "exchange" },
            expected: "10 s after the answer",
            found: "in time",
            related: [{ capture: "bad.har", entry: 2 }],
          }),
        ],
      }),
    ],
    exchanges: [tryOf(1, 0, 429, "10"), tryOf(2, 4.2, 429, "6"), tryOf(3, 12, 200)],
    ...given,
  });
}
