import type { CaptureEvent, CaptureFault } from "../model/capture.ts";
import type { Contract, ErrorAnswer } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { type Finding, severities } from "../model/finding.ts";
import type { Report, Seen } from "../model/report.ts";
import { Cast } from "./cast.ts";
import { clip } from "./clip.ts";
import { CoverageTally } from "./coverage.ts";
import { judgeCoverage } from "./coverage-gate.ts";
import type { Judging } from "./judging.ts";
import { nothingSeen } from "./nothing-seen.ts";
import { obtain } from "./obtain.ts";
import { Scope } from "./scope.ts";
import { Tally } from "./tally.ts";

/** What is judged: a stream of exchanges, and a way to find their lines again. */
export interface CaptureStream {
  readonly names: readonly string[];
  events(): AsyncIterable<CaptureEvent>;
  linesOf(capture: string, offsets: readonly number[]): Promise<(number | null)[]>;
}

/** Runs the rules over a stream of exchanges, in one pass, and says what came of it. */
export async function judge(captures: CaptureStream, judging: Judging): Promise<Report> {
  const contract = judging.contract.begin();
  const scope = new Scope(contract, judging.servers);
  const tally = new Tally(judging.maxSamples);
  const coverage = new CoverageTally();
  const cast = new Cast({ ...judging, contract }, tally, coverage);
  const faults: CaptureFault[] = [];
  const counts = { captures: 0, bytes: 0, exchanges: 0, notJudged: {} as Record<string, number> };
  const leave = (why: string, count = 1) => {
    if (count > 0) counts.notJudged[why] = (counts.notJudged[why] ?? 0) + count;
  };
  // Of each capture that is being read.
  const given = new Map<string, number>();

  for await (const event of captures.events()) {
    if (event.kind === "fault") {
      faults.push(event.fault);
    } else if (event.kind === "end") {
      counts.captures++;
      counts.bytes += event.bytes;
      leave("malformed", event.entries - (given.get(event.capture) ?? 0));
      given.delete(event.capture);
    } else {
      const { exchange } = event;
      counts.exchanges++;
      const { capture } = exchange.origin;
      given.set(capture, (given.get(capture) ?? 0) + 1);
      if (exchange.notJudged !== undefined) {
        leave(exchange.notJudged);
        if (exchange.notJudged === "no-response" && scope.mayJudge(exchange)) cast.unanswered(exchange);
      } else if (scope.admit(exchange)) {
        const answer = readOrFault(contract, exchange, faults);
        if (answer === "unreadable") {
          leave("malformed");
          continue;
        }
        const operation = contract.operationsOf(exchange.request)[0]?.name ?? "other";
        coverage.see(exchange, operation, answer);
        if (answer !== undefined) {
          scope.learn(answer);
          judging.onError?.();
        }
        cast.see(exchange, answer);
      }
    }
  }
  cast.end();

  const inScope = scope.decide();
  const servers = scope.summarise(inScope);
  if (servers.outside > 0) counts.notJudged["out-of-scope"] = servers.outside;
  const findings = await resolveLines(captures, tally.findings(inScope).sort(worstFirst));
  const judged = servers.inScope.reduce((sum, server) => sum + server.exchanges, 0);
  const seen: Seen = {
    captures: counts.captures,
    bytes: counts.bytes,
    exchanges: counts.exchanges,
    judged,
    errors: servers.inScope.reduce((sum, server) => sum + server.errors, 0),
    notJudged: Object.fromEntries(Object.entries(counts.notJudged).sort(([a], [b]) => (a < b ? -1 : 1))),
    forgotten: cast.forgotten,
    inScope: servers.inScope,
    outOfScope: servers.outOfScope,
  };
  const command = judging.command ?? "audit";
  const isHeldToRows =
    command !== "diff" && judging.subjects.includes("server") && judging.rules.some(({ rule }) => (rule.subject ?? "server") === "server");
  const covered = coverage.summarise(contract, inScope, findings, isHeldToRows);
  const unjudged = [
    ...faults.filter((fault) => fault.severity === "error").map((fault) => `${fault.capture}: ${fault.message}`),
    ...(judging.rules.length === 0 ? ["Every rule is switched off: nothing was checked."] : []),
    ...cast.crashes,
    ...(scope.overflown
      ? ["Some servers could not be told apart (more than 5,000, or names too long); name the API's with --server."]
      : []),
    ...(faults.length === 0 || seen.exchanges > 0 ? nothingSeen(seen, findings, judging.servers, command) : []),
    ...(judging.gate === undefined ? [] : judgeCoverage(covered, judging.gate)),
  ];
  const reached = judging.failOn === "never" ? [] : severities.slice(0, severities.indexOf(judging.failOn) + 1);
  return {
    schemaVersion: 1,
    tool: { name: "envelint", version: judging.version },
    command,
    contract: { title: contract.title, file: contract.file },
    verdict: findings.some((finding) => reached.includes(finding.severity)) ? "broken" : unjudged.length > 0 ? "unjudged" : "kept",
    unjudged,
    findings,
    known: [],
    stale: [],
    ignored: [],
    remarks: [],
    coverage: covered,
    seen,
    faults,
  };
}

/** What a capture makes of one exchange must not cost the others: a stack that runs full here is a fault of that entry. */
function readOrFault(contract: Contract, exchange: Exchange, faults: CaptureFault[]): ErrorAnswer | undefined | "unreadable" {
  try {
    return contract.read(exchange);
  } catch (error) {
    const { capture, entry, offset } = exchange.origin;
    const why = error instanceof Error ? error.message : String(error);
    if (faults.length < faultLimit)
      faults.push({ capture, entry, offset, severity: "error", message: `entry ${entry} could not be judged: ${clip(why, 200)}` });
    return "unreadable";
  }
}

const faultLimit = 1_000;

function worstFirst(a: Finding, b: Finding): number {
  return (
    severities.indexOf(a.severity) - severities.indexOf(b.severity) ||
    b.count - a.count ||
    (a.rule < b.rule ? -1 : a.rule > b.rule ? 1 : 0) ||
    (a.fingerprint < b.fingerprint ? -1 : 1)
  );
}

/** Lines are counted only for what is printed, in one further pass over each capture concerned. */
async function resolveLines(captures: CaptureStream, findings: readonly Finding[]): Promise<Finding[]> {
  const wanted = new Map<string, Map<number, number | null>>();
  for (const { samples } of findings)
    for (const { capture, offset, line } of samples) {
      if (line !== null) continue;
      obtain(wanted, capture, () => new Map<number, number | null>()).set(offset, null);
    }
  for (const [capture, offsets] of wanted) {
    const sorted = [...offsets.keys()].sort((a, b) => a - b);
    const lines = await captures.linesOf(capture, sorted);
    sorted.forEach((offset, index) => {
      offsets.set(offset, lines[index] ?? null);
    });
  }
  return findings.map((finding) => ({
    ...finding,
    samples: finding.samples.map((sample) => ({ ...sample, line: sample.line ?? wanted.get(sample.capture)?.get(sample.offset) ?? null })),
  }));
}
