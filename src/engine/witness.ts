import { type Contract, type ErrorAnswer, type Meeting, type Row, type SourceLine, soleRow } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Sample } from "../model/finding.ts";
import type { Place } from "../model/place.ts";
import type { Telling, Witness } from "../model/rule.ts";
import { clip } from "./clip.ts";
import { showEvidence } from "./evidence.ts";
import { type Mask, maskOf } from "./mask.ts";

/** What a telling is on, whether it can still be read or only a witness is left. */
export interface Seen {
  readonly server: string;
  readonly row: Row | null;
  /** Where an answer that met no one row was promised to be otherwise: at the first row it could have meant, else at the table's beginning. */
  readonly promise?: SourceLine;
  readonly operation: string;
  readonly mask: Mask;
}

export function lookAt(on: Exchange | ErrorAnswer | Witness, contract: Contract): Seen {
  if ("kind" in on) return on;
  const exchange = "meetings" in on ? on.exchange : on;
  const [meeting, ...more] = "meetings" in on ? on.meetings : [];
  return {
    server: exchange.request.server,
    ...(meeting?.kind === "refused" && { promise: promiseOf(meeting, contract) }),
    row: meeting !== undefined && more.length === 0 ? soleRow(meeting) : null,
    operation: contract.operationsOf(exchange.request)[0]?.name ?? "other",
    mask: maskOf(exchange, contract.authentication.credentials),
  };
}

/** At the step "status" every row is left, and none is meant more than the others. */
function promiseOf({ step, before }: Extract<Meeting, { kind: "refused" }>, { table }: Contract): SourceLine {
  return (step === "status" ? undefined : before[0]?.source) ?? table;
}

/** What outlives an exchange: taken in its turn, masked. */
export function takeWitness(on: Exchange | ErrorAnswer, place: Place, contract: Contract): Witness {
  const exchange = "meetings" in on ? on.exchange : on;
  const { row, operation, mask } = lookAt(on, contract);
  const { request, response, origin } = exchange;
  const clean = cleanerOf(mask);
  return {
    kind: "witness",
    origin: { ...origin },
    server: request.server,
    method: clean(request.method, 40),
    url: clean(request.url, 500),
    status: response.status,
    operation,
    row,
    evidence: showEvidence(exchange, place, contract.authentication.credentials),
    mask,
  };
}

/** A telling as a report shows it. */
export function makeSample(telling: Telling, contract: Contract): Sample {
  const { on, place, expected, found, related = [] } = telling;
  const witness = "kind" in on ? on : takeWitness(on, place, contract);
  const clean = cleanerOf(witness.mask);
  return {
    capture: witness.origin.capture,
    entry: witness.origin.entry,
    offset: witness.origin.offset,
    line: witness.origin.line ?? null,
    method: witness.method,
    url: witness.url,
    status: witness.status,
    place: cleanPlace(place, clean),
    expected: clean(expected, 240),
    found: clean(found, 240),
    evidence: witness.evidence,
    related: related.slice(0, 10).map(({ capture, entry }) => ({ capture, entry })),
  };
}

export type Cleaner = (text: string, length: number) => string;

/** Masks a text and then cuts it: a secret cut first would no longer be known. */
export function cleanerOf(mask: Mask): Cleaner {
  return (text, length) => clip(mask(text.slice(0, lookedThrough)), length);
}

/** Characters of a text that are looked through for secrets before it is cut. */
const lookedThrough = 20_000;

/** A pointer or a field's name is the capture's text as well. */
function cleanPlace(place: Place, clean: Cleaner): Place {
  if (place.kind === "body") return { ...place, pointer: clean(place.pointer, 200) };
  return place.kind === "header" ? { ...place, name: clean(place.name, 100) } : place;
}

/** A place that is named by a word of ours, not by the capture's. */
export function isOwnWord({ kind }: Place): boolean {
  return kind !== "header" && kind !== "body";
}

export function placeKey(place: Place): string {
  return place.kind === "header" ? `header ${place.name.toLowerCase()}` : place.kind === "body" ? `body ${place.pointer}` : place.kind;
}
