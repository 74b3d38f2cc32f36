import { type Finding, reaches, type Severity, severities } from "../model/finding.ts";
import type { Report, RowVerdict } from "../model/report.ts";
import { counted, foreign, number } from "./layout.ts";

/** What an audit takes where no contract is given. */
const defaultContract = "builtin:course-api";

/** How an entry is taken out of a baseline. */
export const updateBaseline = "envelint … --update-baseline";

/** The outcome in one sentence. */
export function verdictOf(report: Report): string {
  const { command, verdict, failOn, unjudged, seen } = report;
  const sum = command === "diff" ? findingsOf(report) : `${findingsOf(report)}; ${promisesOf(report)}`;
  if (verdict === "kept" && report.findings.length + report.stale.length === 0) return `kept: ${sum}`;
  if (verdict === "kept")
    return `${failOn === "never" ? "nothing fails under --fail-on never" : "nothing reaches the --fail-on level"}: ${sum}`;
  if (verdict === "broken") return `broken${unjudged.length > 0 ? ", and not everything could be judged" : ""}: ${sum}`;
  if (seen.exchanges === 0) return `could not judge: ${command === "record" ? "nothing was recorded" : "no exchange was read"}`;
  if ((command === "probe" || (command === "record" && seen.outOfScope.length === 0)) && seen.judged === 0)
    return "could not judge: the server answered nothing";
  return seen.judged === 0 ? "could not judge: no exchange was in scope" : `could not judge everything: ${sum}`;
}

/** What to do next: a command to type, and words; either may be "". */
export interface NextStep {
  readonly command: string;
  readonly words: string;
}

/** What to do next; one line. */
export function nextStep(report: Report): string {
  const { command, words } = nextStepOf(report);
  return [command, words].filter((part) => part !== "").join(" ");
}

/** What to do next, for texts that set a command apart. */
export function nextStepOf(report: Report): NextStep {
  const next = decideNext(report);
  return typeof next === "string" ? { command: "", words: next } : next;
}

function decideNext(report: Report): NextStep | string {
  const { findings, failOn, stale, seen, unjudged, coverage, faults } = report;
  const [worst] = findings;
  const dropStale = { command: updateBaseline, words: "takes what is stale out of the baseline" };
  if (worst !== undefined && reaches(worst, failOn)) return explain(worst);
  if (report.verdict === "broken" && stale.length > 0) return dropStale;
  if (unjudged.length > 0 && report.command === "probe")
    return seen.judged === 0
      ? "make sure that the server is up, and that the plan's target is right"
      : "see above what could not be judged";
  if (unjudged.length > 0 && report.command === "record") {
    if (seen.exchanges === 0) return "let the command ask at the address that its environment names";
    if (seen.judged > 0) return seen.errors === 0 ? "let the command meet errors" : "see above what could not be judged";
    return "see above why; make sure that the server is up, and that --target is right";
  }
  if (unjudged.length > 0) {
    const servers = seen.outOfScope.filter(({ server }) => server.includes("://"));
    const server = servers.sort((a, b) => b.errors - a.errors)[0]?.server;
    if (seen.judged === 0 && server !== undefined && report.contract.file === defaultContract)
      return `give your API's contract with --contract, for none was given and ${defaultContract} is an example's; or name that API's server with --server`;
    if (seen.judged === 0 && server !== undefined) return `name the API's server, such as --server ${foreign(server, 80)}`;
    if (seen.exchanges === 0) return "give captures that hold exchanges: HAR or NDJSON files, globs, folders, or - for standard input";
    if (faults.some((fault) => fault.severity === "error")) return "capture again, or mend what could not be read";
    return seen.errors === 0 ? "capture traffic in which the API answers errors" : "see above what could not be judged";
  }
  if (worst !== undefined) return explain(worst);
  if (stale.length > 0) return dropStale;
  if (report.command === "diff") return "nothing: no change was found that clients would notice";
  if (report.command === "probe" && coverage.rows.some(({ verdict }) => verdict === "inconclusive" || verdict === "skipped"))
    return "see above what stays untested, and why";
  const unseen = coverage.rows.filter((row) => row.verdict === "unseen").map((row) => foreign(row.row));
  const isHeldToRows = coverage.rows.some(({ verdict }) => verdict === "kept" || verdict === "broken");
  if (unseen.length > 0 && isHeldToRows)
    return `${report.command === "record" ? "let the command meet" : "capture traffic that meets"} ${unseen.slice(0, 3).join(", ")}${unseen.length > 3 ? ` and ${unseen.length - 3} more` : ""}`;
  return "nothing: every promise that could be judged is kept";
}

/** The page of a rule that is the user's own lies where they put it. */
function explain({ rule, docs }: Finding): NextStep | string {
  return docs === `rules/${rule}.md` ? { command: `envelint explain ${rule}`, words: "" } : `see ${foreign(docs)}`;
}

/** `2 errors, 1 warning`; beside a baseline or ignores `2 new errors, 5 known, 1 ignored, 1 stale`. */
function findingsOf({ findings, known, ignored, stale, baseline }: Report): string {
  const isNew = baseline !== undefined || known.length > 0 ? "new " : "";
  const count = (severity: Severity) => findings.filter((finding) => finding.severity === severity).length;
  const parts = severities.filter((severity) => count(severity) > 0).map((severity) => counted(count(severity), `${isNew}${severity}`));
  if (parts.length === 0) parts.push(`no ${isNew}finding`);
  const beside = { known, ignored, stale };
  for (const [word, some] of Object.entries(beside)) if (some.length > 0) parts.push(`${number(some.length)} ${word}`);
  return parts.join(", ");
}

function promisesOf({ coverage }: Report): string {
  const count = (verdict: RowVerdict) => coverage.rows.filter((row) => row.verdict === verdict).length;
  const broken = count("broken");
  const kept = count("kept");
  const untested = coverage.rows.length - broken - kept;
  const of = `of ${counted(coverage.rows.length, "promise")}`;
  const rest = untested > 0 ? `, ${number(untested)} untested` : "";
  return broken > 0 ? `${number(broken)} ${of} broken, ${number(kept)} kept${rest}` : `${number(kept)} ${of} kept${rest}`;
}
