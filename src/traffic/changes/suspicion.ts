import type { ErrorAnswer, Row } from "../../model/contract.ts";
import type { Origin } from "../../model/exchange.ts";
import type { Place } from "../../model/place.ts";
import { listed } from "../../syntax/wording.ts";
import { whyUnreadable } from "../error-body.ts";
import { type ErrorOutcome, placeOfRole } from "./error-outcome.ts";
import type { Alike, SideSeen } from "./outcome-tally.ts";
import { samplesForMembers, samplesForStatus, severalSamples, type Weight } from "./status-weight.ts";

/** What of an error can change, in the order in which clients look at it. */
export type ChangeKind = "status" | "type" | "code" | "member-removed" | "member-type" | "header-removed" | "member-added" | "message";

/** Why it cannot be said whether a suspicion holds; counted as not observable. */
export type Doubt =
  | "fewer than three answers on one side"
  | "fewer than three answers before the change"
  | "depends on the state of the server"
  | "depends on the moment"
  | "ids in the request differ"
  | "headers hidden from the page script that made the capture";

/** What came of a suspicion. `moot`: another suspicion about the same request decides. */
export type Verdict = "held" | "refuted" | "moot" | Doubt;

/** What one answer of after makes one suspect; what comes of it shows when all were seen. */
export interface Suspicion {
  readonly kind: ChangeKind;
  /** The status of the answer. */
  readonly status: number;
  /** The member or the field, where it is about one. */
  readonly what: string;
  readonly place: Place;
  readonly expected: string;
  readonly found: string;
  /** An answer of before. */
  readonly before: Origin;
  /** The promise that clients relied on before, where it is known. */
  readonly row?: Row | undefined;
  /** Answers on each side that speak of it, as many as the side with fewer has. */
  readonly samples: () => number;
  readonly judge: () => Verdict;
}

/** Successes, as far as they matter here. */
export interface Served {
  readonly status: number;
  readonly first: Origin;
  readonly samples: number;
  /** As in `SideSeen`. */
  readonly given: ReadonlySet<string>;
  readonly asked: ReadonlySet<string>;
}

/** Both sides of one request. What was before is known whole; after is still to be read. */
export interface Sides {
  readonly labelled: boolean;
  readonly before: { readonly seen: SideSeen | undefined; readonly served: Served | undefined };
  readonly after: { readonly seen: SideSeen; readonly served: () => Served | undefined };
}

/** An error of another status than any before. */
export function suspectStatus(sides: Sides, { status, weight }: ErrorOutcome): Suspicion | undefined {
  const { before, after } = sides;
  const old = before.seen?.all(() => true) ?? [];
  const [first] = old;
  const place = { kind: "status" } as const;
  const common = { kind: "status", status, what: `${status}`, place, found: `${status}` } as const;
  const unlessPassing = (verdict: Verdict) => (verdict === "held" && isOfOneMoment(sides, weight) ? "depends on the moment" : verdict);
  if (first === undefined) {
    const { served } = before;
    if (served === undefined) return undefined;
    const needed = (sameIds: boolean) => samplesForStatus("served", weight, sameIds);
    const samples = () => Math.min(served.samples, after.seen.errors);
    const judge = () => (after.served() === undefined ? unlessPassing(weigh(sides, samples(), needed)) : "refuted");
    return { ...common, expected: `${served.status}`, before: served.first, samples, judge };
  }
  const statuses = new Set(old.map((alike) => alike.status));
  if (statuses.has(status)) return undefined;
  const needed = (sameIds: boolean) => Math.min(...old.map((alike) => samplesForStatus(alike.weight, weight, sameIds)));
  const samples = () => countBoth(before.seen, after.seen, () => true);
  const judge = () => (after.seen.has((alike) => statuses.has(alike.status)) ? "refuted" : unlessPassing(weigh(sides, samples(), needed)));
  return { ...common, expected: listed(statuses), before: first.first, row: rowOf(old), samples, judge };
}

/** A success where all were errors. */
export function suspectServed(sides: Sides, status: number): Suspicion | undefined {
  const { before, after } = sides;
  const old = before.seen?.all(() => true) ?? [];
  const [first] = old;
  if (first === undefined || before.served !== undefined) return undefined;
  const needed = (sameIds: boolean) => Math.max(...old.map((alike) => samplesForStatus(alike.weight, "served", sameIds)));
  const samples = () => Math.min(after.served()?.samples ?? 0, before.seen?.errors ?? 0);
  const judge = () => {
    if (after.seen.errors > 0) return "moot";
    const verdict = weigh(sides, samples(), needed);
    return verdict === "held" && isOfOneMoment(sides, "served") ? "depends on the moment" : verdict;
  };
  const common = { kind: "status", status, what: `${status}`, place: { kind: "status" }, found: `${status}` } as const;
  return { ...common, expected: listed(old.map((alike) => alike.status)), before: first.first, row: rowOf(old), samples, judge };
}

/** Another type or code than any before of the same status (and type). */
export function suspectRole(sides: Sides, outcome: ErrorOutcome, role: "type" | "code", answer: ErrorAnswer): Suspicion | undefined {
  const { status, said, weight } = outcome;
  if (said === undefined) return undefined;
  const isOfKind = (alike: Alike) => alike.status === status && alike.type !== undefined && (role === "type" || alike.type === said.type);
  const old = sides.before.seen?.all(isOfKind) ?? [];
  const [first] = old;
  const values = new Set(old.map((alike) => alike[role] ?? ""));
  if (first === undefined || values.has(said[role])) return undefined;
  const { labelled, before, after } = sides;
  const needed = (sameIds: boolean) => samplesForMembers(weight, sameIds);
  const samples = () => countBoth(before.seen, after.seen, isOfKind);
  const judge = () => {
    if (after.seen.has((alike) => isOfKind(alike) && values.has(alike[role] ?? ""))) return "refuted";
    if (!labelled && mayBeBoth(outcome, old)) return "depends on the moment";
    return weigh(sides, samples(), needed);
  };
  const common = { kind: role, status, what: said[role], place: placeOfRole(answer, role), found: said[role] };
  return { ...common, expected: listed(values), before: first.first, row: rowOf(old), samples, judge };
}

/** Two rows of the moment (a limit, a quota) are both kept, each at its time. */
function mayBeBoth({ weight, row }: ErrorOutcome, old: readonly Alike[]): boolean {
  return weight === "moment" && row !== undefined && old.some((alike) => alike.row !== undefined && alike.row !== row);
}

function rowOf(old: readonly Alike[]): Row | undefined {
  return old.find(({ row }) => row !== undefined)?.row;
}

/** Do so many samples of each side show a change? In a scenario that the captures name, one does. */
function weigh(sides: Sides, samples: number, needed: (sameIds: boolean) => number): Verdict {
  const enough = Math.max(needed(sentSame(sides, "given")), sentSame(sides, "asked") ? 0 : severalSamples);
  if (sides.labelled || samples >= enough) return "held";
  const least = needed(true);
  if (samples >= least) return "ids in the request differ";
  return least === Number.POSITIVE_INFINITY ? "depends on the state of the server" : "fewer than three answers on one side";
}

/** Were the ids that after sent in query and body, or in the path, sent before, too? */
function sentSame({ before, after }: Sides, where: "given" | "asked"): boolean {
  const sent = [...after.seen[where], ...(after.served()?.[where] ?? [])];
  return sent.every((ids) => before.seen?.[where].has(ids) === true || before.served?.[where].has(ids) === true);
}

/** Was all that one side answered by chance, as it may be, answered within a moment? */
function isOfOneMoment({ labelled, before, after }: Sides, weight: Weight): boolean {
  if (labelled) return false;
  if (isPassing({ weight }) && !after.seen.isSpread(isPassing)) return true;
  return before.seen?.all(() => true).every(isPassing) === true && !before.seen.isSpread(isPassing);
}

function isPassing({ weight }: Pick<Alike, "weight">): boolean {
  return weight === "moment" || weight === "gateway";
}

function countBoth(before: SideSeen | undefined, after: SideSeen, is: (alike: Alike) => boolean): number {
  return Math.min(before?.count(is) ?? 0, after.count(is));
}

/** Why type and code cannot be compared: the body of one side is known and that of the other is not, though both have the status. */
export function whyHidden(
  { before }: Sides,
  { outcome: { status, weight, said }, answer }: { readonly outcome: ErrorOutcome; readonly answer: ErrorAnswer },
): string | undefined {
  const old = before.seen?.all((alike) => alike.status === status && alike.weight === weight) ?? [];
  if (old.length === 0 || old.some(({ type }) => (type === undefined) === (said === undefined))) return undefined;
  return answer.readable ? "body not captured before the change" : whyUnreadable(answer);
}
