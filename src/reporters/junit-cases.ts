import { type Finding, type IgnoredFinding, reaches } from "../model/finding.ts";
import type { Report, RowVerdict } from "../model/report.ts";
import { clipped } from "./clipped.ts";
import { inWords, moreThan, someInWords } from "./junit-words.ts";
import { number } from "./layout.ts";
import { updateBaseline } from "./verdict.ts";

/** One case of a suite. Every text in it is still to be made fit for XML. */
export interface Case {
  /** What the case is about, and never what came of it: a test tab knows a case again by its name alone. */
  readonly name: string;
  readonly outcome: Outcome;
  /** What is told of a case beside its failure. */
  readonly out?: readonly string[];
}

export type Outcome =
  | { readonly is: "passed" }
  | { readonly is: "skipped"; readonly message: string }
  | { readonly is: "failed" | "error"; readonly type: string; readonly message: string; readonly lines: readonly string[] };

/** Findings of a case told in full; the rest is counted. */
const inFull = 5;

/** What is known of one promise. */
interface Told {
  readonly findings: Finding[];
  readonly known: Finding[];
  readonly ignored: IgnoredFinding[];
}

/** A case a row of the contract. */
export function rowCases(report: Report): Case[] {
  const told = tellBy(report, ({ row }) => row ?? undefined);
  return report.coverage.rows.map(({ row, verdict, reason }) => caseOf(row, told.get(row), { verdict, reason }, report));
}

/** A case a provision. A finding that breaks one breaks the row of its answer too, and fails both. */
export function provisionCases(report: Report): Case[] {
  const told = tellBy(report, ({ provision }) => provision);
  return report.coverage.provisions.map(({ provision, verdict, reason }) =>
    caseOf(provision, told.get(provision), { verdict, reason }, report),
  );
}

/** A case an operation, for findings that no case of a row or provision tells. */
export function operationCases(report: Report): Case[] {
  const { rows, provisions, operations } = report.coverage;
  const cased = new Set([...rows.map(({ row }) => `row ${row}`), ...provisions.map(({ provision }) => `provision ${provision}`)]);
  const told = tellBy(report, ({ row, provision, operation }) =>
    cased.has(`row ${row}`) || cased.has(`provision ${provision}`) ? undefined : operation,
  );
  const asked = new Map(operations.map(({ operation, exchanges }) => [operation, exchanges > 0]));
  return [...new Set([...asked.keys(), "other", ...told.keys()])].map((operation) =>
    // Of an operation's own verdict its rows' cases tell.
    caseOf(operation, told.get(operation), { verdict: asked.get(operation) === false ? "unseen" : "kept" }, report),
  );
}

/** One case for the whole baseline: entries come and go. */
export function staleCases({ baseline, stale, failOn }: Report): Case[] {
  if (baseline === undefined && stale.length === 0) return [];
  const name = "no stale entry";
  if (stale.length === 0) return [{ name, outcome: { is: "passed" } }];
  const lines = stale
    .slice(0, inFull)
    .map(
      ({ rule, message, operation, line, fingerprint }) =>
        `line ${line}: ${rule}${operation === "other" ? "" : ` in ${clipped(operation, 100)}`}: ${clipped(message, 500)} (fingerprint ${fingerprint})`,
    );
  lines.push(...moreThan(inFull, stale.length), `drop: ${updateBaseline}`);
  if (failOn === "never") return [{ name, outcome: { is: "passed" }, out: ["No longer found, and --fail-on is never:", ...lines] }];
  const message = `The baseline lists ${stale.length === 1 ? "a finding that is" : `${number(stale.length)} findings that are`} no longer found.`;
  return [{ name, outcome: { is: "failed", type: "stale", message, lines } }];
}

/** One case for all that was to be judged. */
export function judgingCases({ unjudged }: Report): Case[] {
  const name = "everything could be judged";
  const [first] = unjudged;
  if (first === undefined) return [{ name, outcome: { is: "passed" } }];
  const rest = unjudged.length - 1;
  const message = `${clipped(first, 500)}${rest > 0 ? ` And ${number(rest)} more.` : ""}`;
  return [
    { name, outcome: { is: "error", type: "unjudged", message, lines: unjudged.slice(0, 100).map((reason) => clipped(reason, 2_000)) } },
  ];
}

function tellBy({ findings, known, ignored }: Report, keyOf: (finding: Finding) => string | undefined): Map<string, Told> {
  const told = new Map<string, Told>();
  const put = <Kind extends Finding>(some: readonly Kind[], listOf: (told: Told) => Kind[]) => {
    for (const finding of some) {
      const key = keyOf(finding);
      if (key === undefined) continue;
      const about = told.get(key) ?? nothing();
      told.set(key, about);
      listOf(about).push(finding);
    }
  };
  put(findings, (about) => about.findings);
  put(known, (about) => about.known);
  put(ignored, (about) => about.ignored);
  return told;
}

function nothing(): Told {
  return { findings: [], known: [], ignored: [] };
}

/** A case fails by new findings that reach the level; whatever else is told about it is told, and fails nothing. */
function caseOf(
  name: string,
  told: Told | undefined,
  { verdict, reason }: { readonly verdict: RowVerdict; readonly reason?: string | undefined },
  { failOn }: Report,
): Case {
  if (told === undefined) return untoldCase(name, verdict, reason);
  const failing = told.findings.filter((finding) => reaches(finding, failOn));
  const lesser = told.findings.filter((finding) => !reaches(finding, failOn));
  const out = [
    ...someInWords(lesser, "Below the --fail-on level", inFull),
    ...someInWords(told.known, "Known", inFull),
    ...someInWords(
      told.ignored,
      "Ignored",
      inFull,
      ({ ignore: { reason, until } }) => ` (until ${clipped(until, 40)}: ${clipped(reason, 300)})`,
    ),
  ];
  const [worst] = failing;
  if (worst === undefined) return { name, outcome: { is: "passed" }, out };
  const rest = failing.length - 1;
  return {
    name,
    outcome: {
      is: "failed",
      type: worst.rule,
      message: `${clipped(worst.message, 500)}${rest > 0 ? ` And ${number(rest)} more.` : ""}`,
      lines: [...failing.slice(0, inFull).flatMap(inWords), ...moreThan(inFull, failing.length)],
    },
    ...(out.length > 0 && { out }),
  };
}

/** A promise that no finding of this report is about. */
function untoldCase(name: string, verdict: RowVerdict, reason: string | undefined): Case {
  if (verdict === "kept") return { name, outcome: { is: "passed" } };
  // A severity that is switched off for some findings leaves nothing that could fail.
  if (verdict === "broken") return { name, outcome: { is: "passed" }, out: ["Broken, by what the configuration tells no finding of."] };
  return { name, outcome: { is: "skipped", message: reason === undefined ? verdict : `${verdict}: ${reason}` } };
}
