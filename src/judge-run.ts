import { judge } from "./engine/judge.ts";
import type { ActiveRule } from "./engine/settings.ts";
import { judgingOf } from "./judging-of.ts";
import type { Finding } from "./model/finding.ts";
import type { ProbeRun, Report } from "./model/report.ts";
import type { Rule } from "./model/rule.ts";
import type { ProbeOptions } from "./options/probe-options.ts";
import type { PreparedRun } from "./prepare-probe.ts";
import type { Credentials } from "./probe/plan/credentials.ts";
import { type CurlNames, curlLine } from "./probe/record/curl-line.ts";
import type { Run } from "./probe/run.ts";
import { refusedAccounts, unclear } from "./probe/unclear.ts";
import { explainCoverage, judgeProbes } from "./probe/verdicts.ts";
import { openCaptures } from "./sources/captures.ts";

/** What reports call a run that was not recorded for the user. */
const unrecorded = "<run>";

/** Judges the recording of a run as an audit would, and says of each probe, row and provision what came of it. */
export async function judgeRun(
  run: Run,
  { contract, plan, probes, last }: PreparedRun,
  credentials: Credentials,
  recording: string,
  rules: readonly ActiveRule[],
  options: ProbeOptions,
): Promise<Report> {
  const captures = await openCaptures([recording], {
    cwd: options.cwd ?? process.cwd(),
    credentials: contract.authentication.credentials,
    ...(options.record === undefined && { calledBy: unrecorded }),
  });
  const met = new Map<number, readonly string[]>();
  const report = await judge(captures, {
    ...judgingOf(contract, rules.length === 0 ? [] : [...rules, { rule: listening(met), severity: undefined }], options),
    servers: [plan.target],
    // A finding is about a probe wherever it was seen.
    maxSamples: 0,
    command: "probe",
  });
  const all = [...probes, ...last];
  const coverage = explainCoverage(report.coverage, run, met, options.probes !== undefined);
  const names: CurlNames = { declared: contract.authentication.credentials, accounts: plan.accounts, credentials };
  const verdicts = judgeProbes(all, run, [...report.findings, ...report.ignored], met, coverage.provisions);
  const unjudged = [...report.unjudged, ...unclear(run, verdicts, refusedAccounts(run, contract, met))];
  return {
    ...report,
    unjudged,
    verdict: report.verdict === "kept" && unjudged.length > 0 ? "unjudged" : report.verdict,
    findings: report.findings.map((finding) => showSome(finding, run, names, options)),
    ignored: report.ignored.map((finding) => showSome(finding, run, names, options)),
    coverage,
    probe: {
      target: plan.target,
      plan: plan.file,
      sent: run.asked.length,
      budget: plan.limits.requests,
      unsent: run.unasked.filter(({ ask }) => ask !== undefined).length,
      ...(run.stopped !== undefined && { stopped: run.stopped }),
      made: [...new Set(run.asked.flatMap(({ ask, made }) => (made === undefined ? [] : `${ask.method} ${ask.path}: ${made}`)))],
      probes: verdicts,
    } satisfies ProbeRun,
  };
}

/** Learns beside the rules which rows each answer met; it tells nothing. */
function listening(met: Map<number, readonly string[]>): Rule {
  return {
    id: "pairing/met",
    summary: "which rows the answers met",
    severity: "note",
    needs: "exchange",
    advice: "",
    watch: () => ({
      error({ exchange, meetings, readable }) {
        if (!readable) return;
        met.set(
          exchange.origin.entry,
          meetings.flatMap((meeting) => (meeting.kind === "met" ? [meeting.row.name] : [])),
        );
      },
    }),
  };
}

/** A finding with as many samples as are wanted, each with the line that asks it again. */
function showSome<Told extends Finding>(finding: Told, run: Run, names: CurlNames, { maxSamples: most = 5, record }: ProbeOptions): Told {
  const some = most === 0 ? finding.samples : finding.samples.slice(0, most);
  // A line of a file that is gone helps nobody.
  const samples = record === undefined ? some.map((sample) => ({ ...sample, line: null })) : some;
  return {
    ...finding,
    samples: samples.map((sample) => {
      const asked = run.asked.find(({ entry }) => entry === sample.entry);
      return asked === undefined ? sample : { ...sample, asked: `${asked.probe}: ${asked.ask.purpose}`, curl: curlLine(asked, names) };
    }),
  };
}
