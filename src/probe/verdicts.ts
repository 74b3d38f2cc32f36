import type { Finding } from "../model/finding.ts";
import { maskingProvision } from "../model/provision.ts";
import type { Coverage, ProbeVerdict, ProvisionCoverage, RowCoverage, RowVerdict } from "../model/report.ts";
import { plainly } from "../syntax/wording.ts";
import { nothingToAsk } from "./itinerary.ts";
import type { Probe } from "./probe.ts";
import type { Asked, Run } from "./run.ts";
import { isOf, noProbe } from "./untested.ts";

/** Which rows the answers met, by their place in the recording. */
export type MetRows = ReadonlyMap<number, readonly string[]>;

/** What came of each probe, in the order of the run. `findings` with all their samples. */
export function judgeProbes(
  probes: readonly Probe[],
  run: Run,
  findings: readonly Finding[],
  met: MetRows,
  provisions: readonly ProvisionCoverage[],
): ProbeVerdict[] {
  const faulty = new Set(findings.flatMap(({ severity, samples }) => (severity === "note" ? [] : samples.map(({ entry }) => entry))));
  return probes.map(({ id, needs }) => {
    const asked = run.asked.filter(({ probe }) => probe === id);
    const left = run.unasked.filter(({ probe }) => probe === id).map(({ reason }) => reason);
    const verdict = (verdict: ProbeVerdict["verdict"], reason: string | undefined) => ({
      probe: id,
      verdict,
      sent: asked.length,
      ...(reason !== undefined && { reason }),
    });
    if (asked.some(({ entry }) => faulty.has(entry))) return verdict("fail", undefined);
    if (asked.length === 0) return verdict("skipped", left[0] ?? nothingToAsk(needs));
    const unclear = asked.find((each) => each.failure !== undefined) ?? asked.find(isFailedControl) ?? lastUnmet(asked, met);
    if (unclear !== undefined) return verdict("inconclusive", whatCame(unclear, met));
    const open = provisions.find(
      ({ provision, verdict }) => verdict === "inconclusive" && asked.some((each) => isMaskedBy(each, provision)),
    );
    if (open !== undefined) return verdict("inconclusive", open.reason);
    return verdict("pass", left[0] === undefined ? undefined : `partly skipped: ${left[0]}`);
  });
}

/** Was the plan's account not served what it has? */
export function isFailedControl({ probe, status }: Asked): boolean {
  return probe.startsWith("control/") && status !== 0 && (status < 200 || status > 299);
}

function isMaskedBy({ probe, ask }: Asked, provision: string): boolean {
  return probe.startsWith("mask/") && ask.target !== undefined && maskingProvision(ask.target) === provision;
}

/** An ask whose row was not met, where no ask with the same aims met one. */
function lastUnmet(asked: readonly Asked[], met: MetRows): Asked | undefined {
  const key = ({ ask }: Asked) => (ask.aims ?? []).join("\n");
  const reached = new Set(asked.filter((each) => hasMet(each, met)).map(key));
  return asked.find((each) => key(each) !== "" && !reached.has(key(each)));
}

function hasMet({ ask, entry }: Asked, met: MetRows): boolean {
  return (met.get(entry) ?? []).some((row) => ask.aims?.includes(row));
}

/** `GET /v1/courses/crs_1 was answered 404 course-not-found`. */
function whatCame({ ask, status, failure, entry }: Asked, met: MetRows): string {
  const rows = met.get(entry) ?? [];
  const request = `${ask.method} ${plainly(ask.path)}`;
  if (failure !== undefined) return `${request} (${ask.purpose}): ${failure}`;
  return `${request} (${ask.purpose}) was answered ${[status, ...rows].join(" ")}`;
}

/** Says of each row and provision that was not put to the test why not; `isChosen`: the user named the probes. */
export function explainCoverage(coverage: Coverage, run: Run, met: MetRows, isChosen = false): Coverage {
  const ofRow = (row: RowCoverage): RowCoverage => {
    if (isTested(row)) return row;
    const asked = run.asked.find(({ ask }) => ask.aims?.includes(row.row));
    if (asked !== undefined) return { ...row, verdict: "inconclusive", reason: whatCame(asked, met) };
    const left = run.unasked.find(({ aims }) => aims.includes(row.row));
    return { ...row, verdict: "skipped", reason: left?.reason ?? noProbe(isChosen) };
  };
  const ofProvision = (provision: ProvisionCoverage): ProvisionCoverage => {
    if (isTested(provision)) return provision;
    const isOfIt = ({ probe }: { readonly probe: string }) => isOf(probe, provision.provision);
    const asked = run.asked.filter(isOfIt);
    const left = run.unasked.find(isOfIt);
    if (provision.verdict === "not observable" || (asked.length > 0 && left === undefined))
      return { ...provision, verdict: "inconclusive", reason: provision.note ?? "the answers do not tell" };
    return { ...provision, verdict: "skipped", reason: left?.reason ?? noProbe(isChosen) };
  };
  return { ...coverage, rows: coverage.rows.map(ofRow), provisions: coverage.provisions.map(ofProvision) };
}

function isTested({ verdict }: { readonly verdict: RowVerdict }): boolean {
  return verdict === "kept" || verdict === "broken";
}
