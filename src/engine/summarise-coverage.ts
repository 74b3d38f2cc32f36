import type { Finding } from "../model/finding.ts";
import type { Coverage, RowVerdict } from "../model/report.ts";
import type { CoverageCounts } from "./gathered.ts";
import type { Outline } from "./outline.ts";

/** What was put to the test by the servers in scope, added up. */
export class CoverageSum {
  readonly #counts = new Map<string, { readonly key: readonly string[]; count: number }>();
  readonly #notes = new Map<string, Set<string>>();

  constructor(all: Iterable<CoverageCounts>) {
    for (const { counts, notes } of all) {
      for (const [key, count] of counts) this.add(key, count);
      for (const [provision, note] of notes) this.#notes.set(provision, (this.#notes.get(provision) ?? new Set()).add(note));
    }
  }

  add(key: readonly string[], count: number): void {
    const name = JSON.stringify(key);
    const known = this.#counts.get(name);
    if (known === undefined) this.#counts.set(name, { key, count });
    else known.count += count;
  }

  /** How often, as `CoverageCounts` names it: `of("row", "rate-limited", "met")`. */
  of(...key: string[]): number {
    return this.#counts.get(JSON.stringify(key))?.count ?? 0;
  }

  noteOf(provision: string): string | undefined {
    const notes = this.#notes.get(provision);
    return notes && [...notes].join("; ");
  }

  /** Cases that could not be told, most first. */
  untold(): Coverage["notObservable"] {
    return [...this.#counts.values()]
      .flatMap(({ key: [kind, rule = "", reason = ""], count }) => (kind === "untold" ? [{ rule, reason, count }] : []))
      .sort((a, b) => b.count - a.count || compare(a.rule, b.rule) || compare(a.reason, b.reason));
  }
}

/** The verdict on each promise. `isHeldToRows`: false where no rule judged the server's answers, so that none can be said to have kept a promise. */
export function summariseCoverage(outline: Outline, sum: CoverageSum, findings: readonly Finding[], isHeldToRows: boolean): Coverage {
  const verdictOf = (isBroken: boolean, met: number, unsure: number) =>
    isHeldToRows ? verdictFrom(isBroken, met, unsure) : verdictFrom(isBroken, 0, met + unsure);
  const breaches = findings.filter((finding) => finding.severity !== "note" && finding.subject === "server");
  const broken = new Set(breaches.map((finding) => finding.row));
  const brokenOperations = new Set(breaches.map((finding) => finding.operation));
  return {
    rows: outline.rows.map(({ name, source }) => {
      const [met, meant, open] = [sum.of("row", name, "met"), sum.of("row", name, "meant"), sum.of("row", name, "open")];
      return { row: name, verdict: verdictOf(broken.has(name), met, meant + open), seen: met + meant, promise: source };
    }),
    operations: outline.operations.map((operation) => {
      const [exchanges, errors] = [sum.of("operation", operation, "exchanges"), sum.of("operation", operation, "errors")];
      const verdict = verdictOf(brokenOperations.has(operation), sum.of("operation", operation, "met"), errors);
      return { operation, verdict, exchanges, errors };
    }),
    provisions: outline.provisions.map(({ name, source }) => {
      const count = (verdict: RowVerdict) => sum.of("provision", name, verdict);
      const [kept, breached, open] = [count("kept"), count("broken"), count("not observable")];
      const note = sum.noteOf(name);
      return {
        provision: name,
        verdict: verdictOf(breached > 0, kept, open),
        seen: kept + breached + open,
        ...(note !== undefined && { note }),
        promise: source,
      };
    }),
    notObservable: sum.untold(),
  };
}

function verdictFrom(broken: boolean, met: number, unsure: number): RowVerdict {
  return broken ? "broken" : met > 0 ? "kept" : unsure > 0 ? "not observable" : "unseen";
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
