import { type Contract, type ErrorAnswer, type Row, soleRow } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Finding } from "../model/finding.ts";
import { provisionsOf } from "../model/provision.ts";
import type { Coverage, RowCoverage, RowVerdict } from "../model/report.ts";
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
      if (meeting.kind === "met" && isWholeSeen(answer, meeting.row)) rowSeen(coverage, meeting.row.name).met++;
      else {
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

  /** `isHeldToRows`: false where no rule judged the server's answers, so that none can be said to have kept a promise. */
  summarise(contract: Contract, servers: ReadonlySet<string>, findings: readonly Finding[], isHeldToRows = true): Coverage {
    const verdictOf = (isBroken: boolean, met: number, unsure: number) =>
      isHeldToRows ? verdictFrom(isBroken, met, unsure) : verdictFrom(isBroken, 0, met + unsure);
    const judged = [...servers].flatMap((server) => this.#servers.get(server) ?? []);
    const breaches = findings.filter((finding) => finding.severity !== "note" && finding.subject === "server");
    const broken = new Set(breaches.map((finding) => finding.row));
    const brokenOperations = new Set(breaches.map((finding) => finding.operation));
    return {
      rows: contract.rows.map((row) => {
        const sum = (part: keyof RowSeen) => judged.reduce((total, server) => total + (server.rows.get(row.name)?.[part] ?? 0), 0);
        return {
          row: row.name,
          verdict: verdictOf(broken.has(row.name), sum("met"), sum("meant") + sum("open")),
          seen: sum("met") + sum("meant"),
          promise: { file: row.source.file, line: row.source.line },
        };
      }),
      operations: [...contract.operations.map((operation) => operation.name), "other"].map((operation) => {
        const sum = (part: "exchanges" | "errors" | "met") =>
          judged.reduce((total, server) => total + (server.operations.get(operation)?.[part] ?? 0), 0);
        const verdict = verdictOf(brokenOperations.has(operation), sum("met"), sum("errors"));
        return { operation, verdict, exchanges: sum("exchanges"), errors: sum("errors") };
      }),
      provisions: provisionsOf(contract).map(({ name, source }) => {
        const count = (verdict: RowVerdict) =>
          judged.reduce((total, { provisions }) => total + (provisions.get(name)?.get(verdict) ?? 0), 0);
        const [kept, breached, open] = [count("kept"), count("broken"), count("not observable")];
        const notes = new Set(judged.flatMap((server) => [...(server.notes.get(name) ?? [])]));
        return {
          provision: name,
          verdict: verdictOf(breached > 0, kept, open),
          seen: kept + breached + open,
          ...(notes.size > 0 && { note: [...notes].join("; ") }),
          promise: { file: source.file, line: source.line },
        };
      }),
      notObservable: mergeCounts(judged.map((server) => server.notObservable)),
    };
  }

  #of(server: string): ServerCoverage {
    return obtain(this.#servers, server, () => ({
      rows: new Map(),
      operations: new Map(),
      provisions: new Map(),
      notes: new Map(),
      notObservable: new Map(),
    }));
  }
}

/** A row of which only the status could be seen was meant, and is not known to be met. */
function isWholeSeen({ readable }: ErrorAnswer, { envelope }: Row): boolean {
  return readable || envelope.intermediary;
}

function verdictFrom(broken: boolean, met: number, unsure: number): RowCoverage["verdict"] {
  return broken ? "broken" : met > 0 ? "kept" : unsure > 0 ? "not observable" : "unseen";
}

function rowSeen(coverage: ServerCoverage, row: string): RowSeen {
  return obtain(coverage.rows, row, () => ({ met: 0, meant: 0, open: 0 }));
}

function mergeCounts(all: readonly ReadonlyMap<string, number>[]): Coverage["notObservable"] {
  const merged = new Map<string, number>();
  for (const counts of all) for (const [key, count] of counts) merged.set(key, (merged.get(key) ?? 0) + count);
  return [...merged]
    .map(([key, count]) => {
      const [rule, reason] = JSON.parse(key) as [string, string];
      return { rule, reason, count };
    })
    .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1));
}
