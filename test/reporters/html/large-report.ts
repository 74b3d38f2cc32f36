import type { Finding } from "../../../src/model/finding.ts";
import type { Report } from "../../../src/model/report.ts";
import type { ShownExchange } from "../../../src/model/shown-exchange.ts";
import { exchangeOf, findingOf, reportOf, sampleOf } from "../sample-report.ts";

const severities = ["error", "warning", "note"] as const;

/** A report of so many findings that all say something else, each with three samples, and an exchange for each sample. */
export function largeReport(count: number): Report {
  const findings: Finding[] = [];
  const exchanges: ShownExchange[] = [];
  for (let index = 0; index < count; index++) {
    const samples = [0, 1, 2].map((sample) => {
      const entry = 3 * index + sample;
      const url = `https://api.example.com/v1/courses/c_${index}/lessons/${sample}?expand=modules,lessons&page=${entry}`;
      exchanges.push(exchangeOf({ entry, request: { ...exchangeOf().request, url } }));
      return sampleOf({ entry, url, line: 40 * entry, related: [{ capture: "bad.har", entry: Math.max(0, entry - 1) }] });
    });
    findings.push(
      findingOf({
        rule: `family-${index % 7}/rule-${index % 41}`,
        severity: severities[Math.floor((3 * index) / count)] ?? "note",
        message: `The 429 of resource ${index} does not say when to come back.`,
        operation: `operation-${index % 97}`,
        row: `row-${index % 13}`,
        fingerprint: index.toString(16).padStart(16, "0"),
        count: 1 + (index % 9),
        samples,
      }),
    );
  }
  return reportOf({ findings, exchanges });
}
