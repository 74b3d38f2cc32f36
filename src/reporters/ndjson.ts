import { exitCodeOf, type Report } from "../model/report.ts";
import { inertJson } from "../syntax/inert-json.ts";
import { coverageOf, faultOf, findingOf, ignoredOf, runOf, seenOf, staleOf } from "./json.ts";

/** For log pipelines: a line each, `kind` first and the members of the JSON report after it; a `summary` last, so that a text cut short shows. */
export function ndjson(report: Report): string {
  return [...linesOf(report)].map((line) => `${inertJson(line)}\n`).join("");
}

function* linesOf(report: Report): Generator<object> {
  for (const finding of report.findings) yield { kind: "finding", ...findingOf(finding) };
  for (const finding of report.known) yield { kind: "known", ...findingOf(finding) };
  for (const finding of report.ignored) yield { kind: "ignored", ...ignoredOf(finding) };
  for (const entry of report.stale) yield { kind: "stale", ...staleOf(entry) };
  for (const message of report.remarks) yield { kind: "remark", message };
  for (const message of report.unjudged) yield { kind: "unjudged", message };
  for (const fault of report.faults) yield { kind: "fault", ...faultOf(fault) };
  yield summaryOf(report);
}

function summaryOf(report: Report): object {
  const { schemaVersion, tool, command, contract, verdict, failOn, baseline, coverage, seen, probe } = report;
  return {
    kind: "summary",
    schemaVersion,
    tool: { name: tool.name, version: tool.version },
    command,
    contract: { title: contract.title, file: contract.file },
    verdict,
    failOn,
    exitCode: exitCodeOf(report),
    counts: {
      findings: report.findings.length,
      known: report.known.length,
      ignored: report.ignored.length,
      stale: report.stale.length,
      remarks: report.remarks.length,
      unjudged: report.unjudged.length,
      faults: report.faults.length,
    },
    baseline,
    coverage: coverageOf(coverage),
    seen: seenOf(seen),
    probe: probe && runOf(probe),
  };
}
