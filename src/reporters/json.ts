import type { CaptureFault } from "../model/capture.ts";
import type { Finding, IgnoredFinding, Sample } from "../model/finding.ts";
import type { ProbeRun, Report, StaleEntry } from "../model/report.ts";
import { inertJson } from "../syntax/inert-json.ts";

/** For programs: `schemas/report.schema.json`, members always in the same order. Frozen apart from the inner types. */
export function json(report: Report): string {
  return `${inertJson(outward(report), 2)}\n`;
}

function outward({
  schemaVersion,
  tool,
  command,
  contract,
  verdict,
  failOn,
  unjudged,
  findings,
  known,
  stale,
  ignored,
  remarks,
  config,
  baseline,
  coverage,
  seen,
  faults,
  probe,
  shard,
}: Report) {
  return {
    schemaVersion,
    tool: { name: tool.name, version: tool.version },
    command,
    contract: { title: contract.title, file: contract.file },
    verdict,
    failOn,
    unjudged,
    findings: findings.map(findingOf),
    known: known.map(findingOf),
    stale: stale.map(staleOf),
    ignored: ignored.map(ignoredOf),
    remarks,
    config,
    baseline,
    coverage: coverageOf(coverage),
    seen: seenOf(seen),
    faults: faults.map(faultOf),
    probe: probe && runOf(probe),
    shard: shard && { index: shard.index, of: shard.of, partition: shard.partition, captures: shard.captures, state: shard.state },
  };
}

/** An entry of a baseline, outwards. */
export function staleOf({ fingerprint, rule, note, operation, row, message, line }: StaleEntry) {
  return { fingerprint, rule, note, operation, row, message, line };
}

/** What was put to the test, outwards. */
export function coverageOf(coverage: Report["coverage"]) {
  return {
    rows: coverage.rows.map(({ row, verdict, seen, reason, promise }) => ({
      row,
      verdict,
      seen,
      reason,
      promise: { file: promise.file, line: promise.line },
    })),
    operations: coverage.operations.map(({ operation, verdict, exchanges, errors }) => ({ operation, verdict, exchanges, errors })),
    provisions: coverage.provisions.map(({ provision, verdict, seen, note, reason, promise }) => ({
      provision,
      verdict,
      seen,
      note,
      reason,
      promise: { file: promise.file, line: promise.line },
    })),
    notObservable: coverage.notObservable.map(({ rule, reason, count }) => ({ rule, reason, count })),
  };
}

/** What was read, outwards. */
export function seenOf(seen: Report["seen"]) {
  return {
    captures: seen.captures,
    bytes: seen.bytes,
    exchanges: seen.exchanges,
    judged: seen.judged,
    errors: seen.errors,
    notJudged: Object.fromEntries(Object.entries(seen.notJudged).sort(([a], [b]) => (a < b ? -1 : 1))),
    forgotten: seen.forgotten,
    inScope: seen.inScope.map(serverOf),
    outOfScope: seen.outOfScope.map(serverOf),
  };
}

/** How a server was asked, outwards. */
export function runOf({ target, plan, sent, budget, unsent, stopped, made, probes }: ProbeRun) {
  return {
    target,
    plan,
    sent,
    budget,
    unsent,
    stopped,
    made,
    probes: probes.map(({ probe, verdict, sent, reason }) => ({ probe, verdict, sent, reason })),
  };
}

/** A finding, outwards. */
export function findingOf(finding: Finding) {
  const { rule, note, severity, subject, message, advice, row, promise, provision, operation, fingerprint, count, others, docs, samples } =
    finding;
  return {
    rule,
    note,
    severity,
    subject,
    message,
    advice,
    row,
    promise: promise && { file: promise.file, line: promise.line },
    provision,
    operation,
    fingerprint,
    count,
    others,
    docs,
    samples: samples.map(sampleOf),
  };
}

/** A finding that is passed over, outwards. */
export function ignoredOf({ ignore: { reason, until, source }, ...finding }: IgnoredFinding) {
  return { ...findingOf(finding), ignore: { reason, until, source: source && { file: source.file, line: source.line } } };
}

function sampleOf({ capture, entry, offset, line, method, url, status, place, expected, found, evidence, asked, curl, related }: Sample) {
  return {
    capture,
    entry,
    offset,
    line,
    method,
    url,
    status,
    place,
    expected,
    found,
    evidence,
    asked,
    curl,
    related: related.map(({ capture, entry }) => ({ capture, entry })),
  };
}

function serverOf({ server, exchanges, errors }: Report["seen"]["inScope"][number]) {
  return { server, exchanges, errors };
}

/** What could not be read, outwards. */
export function faultOf({ capture, entry, offset, line, severity, message, advice }: CaptureFault) {
  return { capture, entry, offset, line, severity, message, advice };
}
