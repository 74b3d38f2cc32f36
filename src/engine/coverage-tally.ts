import { type ErrorAnswer, type Row, soleRow } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { RowVerdict } from "../model/report.ts";
import type { CoverageCounts } from "./gathered.ts";
import { obtain } from "./obtain.ts";

/** Notes kept for one provision. */
const mostNotes = 20;

interface RowSeen {
  met: number;
  /** Answers that only this row could have meant, but that did not meet it whole. */
  meant: number;
  /** Answers that this row and others could have meant. */
  open: number;
}

interface ServerCoverage {
  readonly rows: Map<string, RowSeen>;
  /** `met`: errors that met a row. */
  readonly operations: Map<string, { exchanges: number; errors: number; met: number }>;
  readonly provisions: Map<string, Map<RowVerdict, number>>;
  /** How far provisions were put to the test, by provision. */
  readonly notes: Map<string, Set<string>>;
  readonly notObservable: Map<string, number>;
  /** Answers that met a row, by operation and row. */
  readonly pairs: Map<string, Map<string, number>>;
}

/** What was put to the test, by server, since which servers count is known only at the end. */
export class CoverageTally {
  readonly #servers = new Map<string, ServerCoverage>();

  see(exchange: Exchange, operation: string, answer: ErrorAnswer | undefined): void {
    const coverage = this.#of(exchange.request.server);
    const seen = obtain(coverage.operations, operation, () => ({ exchanges: 0, errors: 0, met: 0 }));
    seen.exchanges++;
    if (answer === undefined) return;
    seen.errors++;
    if (answer.meetings.some((meeting) => meeting.kind === "met" && isWholeSeen(answer, meeting.row))) seen.met++;
    for (const meeting of answer.meetings) {
      if (meeting.kind === "met" && isWholeSeen(answer, meeting.row)) {
        rowSeen(coverage, meeting.row.name).met++;
        const rows = obtain(coverage.pairs, operation, () => new Map<string, number>());
        rows.set(meeting.row.name, (rows.get(meeting.row.name) ?? 0) + 1);
      } else {
        const sole = soleRow(meeting);
        if (sole !== null) rowSeen(coverage, sole.name).meant++;
        else if (meeting.kind === "open") for (const row of meeting.rows) rowSeen(coverage, row.name).open++;
      }
    }
  }

  /** A provision beyond the rows was put to the test. */
  cover(server: string, provision: string, verdict: RowVerdict, note?: string): void {
    const { provisions, notes } = this.#of(server);
    const verdicts = obtain(provisions, provision, () => new Map<RowVerdict, number>());
    verdicts.set(verdict, (verdicts.get(verdict) ?? 0) + 1);
    if (note === undefined) return;
    const said = obtain(notes, provision, () => new Set<string>());
    if (said.size < mostNotes) said.add(note);
  }

  notObservable(server: string, rule: string, reason: string): void {
    const { notObservable } = this.#of(server);
    const key = JSON.stringify([rule, reason]);
    notObservable.set(key, (notObservable.get(key) ?? 0) + 1);
  }

  /** By server, in the order in which they were met. */
  counts(): [server: string, counts: CoverageCounts][] {
    return [...this.#servers].map(([server, coverage]) => [server, countsOf(coverage)]);
  }

  #of(server: string): ServerCoverage {
    return obtain(this.#servers, server, () => ({
      rows: new Map(),
      operations: new Map(),
      provisions: new Map(),
      notes: new Map(),
      notObservable: new Map(),
      pairs: new Map(),
    }));
  }
}

/** A row of which only the status could be seen was meant, and is not known to be met. */
function isWholeSeen({ readable }: ErrorAnswer, { envelope }: Row): boolean {
  return readable || envelope.intermediary;
}

function rowSeen(coverage: ServerCoverage, row: string): RowSeen {
  return obtain(coverage.rows, row, () => ({ met: 0, meant: 0, open: 0 }));
}

function countsOf({ rows, operations, provisions, notes, notObservable, pairs }: ServerCoverage): CoverageCounts {
  const counts = [
    ...[...rows].flatMap(([row, seen]) => Object.entries(seen).map(([part, count]) => [["row", row, part], count] as const)),
    ...[...operations].flatMap(([name, seen]) => Object.entries(seen).map(([part, count]) => [["operation", name, part], count] as const)),
    ...[...provisions].flatMap(([name, verdicts]) =>
      [...verdicts].map(([verdict, count]) => [["provision", name, verdict], count] as const),
    ),
    ...[...notObservable].map(([key, count]) => [["untold", ...(JSON.parse(key) as [string, string])], count] as const),
    ...[...pairs].flatMap(([operation, met]) => [...met].map(([row, count]) => [["pair", row, operation], count] as const)),
  ];
  return {
    counts: counts.filter(([, count]) => count > 0),
    notes: [...notes].flatMap(([provision, said]) => [...said].map((note) => [provision, note] as const)),
  };
}
