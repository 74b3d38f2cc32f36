import type { ErrorAnswer } from "../../model/contract.ts";
import type { Origin } from "../../model/exchange.ts";
import type { Place } from "../../model/place.ts";
import { listed } from "../../syntax/wording.ts";
import { whyUnreadable } from "../error-body.ts";
import { type ErrorOutcome, placeOfRole } from "./error-outcome.ts";
import type { Alike, SideSeen } from "./outcome-tally.ts";
import { samplesForMembers, samplesForStatus, type Weight } from "./status-weight.ts";

/** What of an error can change, in the order in which clients look at it. */
export type ChangeKind = "status" | "type" | "code" | "member-removed" | "member-type" | "header-removed" | "member-added" | "message";

/** What one answer of after makes one suspect; whether it holds shows when all were seen. */
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
  readonly holds: () => boolean;
}

/** Successes, as far as they matter here. */
export interface Served {
  readonly status: number;
  readonly first: Origin;
  readonly samples: number;
  /** As in `SideSeen`. */
  readonly given: ReadonlySet<string>;
}

/** Both sides of one request. What was before is known whole; after is still to be read. */
export interface Sides {
  readonly labelled: boolean;
  readonly before: { readonly seen: SideSeen | undefined; readonly served: Served | undefined };
  readonly after: { readonly seen: SideSeen; readonly served: () => Served | undefined };
}

/** An error of another status than any before. */
export function suspectStatus(sides: Sides, { status, weight }: ErrorOutcome): Suspicion | undefined {
  const { labelled, before, after } = sides;
  const old = before.seen?.all(() => true) ?? [];
  const [first] = old;
  const place = { kind: "status" } as const;
  const common = { kind: "status", status, what: `${status}`, place, found: `${status}` } as const;
  if (first === undefined) {
    const { served } = before;
    if (served === undefined) return undefined;
    const needed = () => (labelled ? 1 : samplesForStatus("served", weight, sentSameIds(sides)));
    const holds = () => after.served() === undefined && Math.min(served.samples, after.seen.errors) >= needed();
    return { ...common, expected: `${served.status}`, before: served.first, holds };
  }
  const statuses = new Set(old.map((alike) => alike.status));
  if (statuses.has(status)) return undefined;
  const needed = () => (labelled ? 1 : Math.min(...old.map((alike) => samplesForStatus(alike.weight, weight, sentSameIds(sides)))));
  const holds = () => !after.seen.has((alike) => statuses.has(alike.status)) && countBoth(before.seen, after.seen, () => true) >= needed();
  return { ...common, expected: listed(statuses), before: first.first, holds };
}

/** A success where all were errors. */
export function suspectServed(sides: Sides, status: number): Suspicion | undefined {
  const { labelled, before, after } = sides;
  const old = before.seen?.all(() => true) ?? [];
  const [first] = old;
  if (first === undefined || before.served !== undefined) return undefined;
  const needed = () => (labelled ? 1 : Math.max(...old.map((alike) => samplesForStatus(alike.weight, "served", sentSameIds(sides)))));
  const holds = () => after.seen.errors === 0 && Math.min(after.served()?.samples ?? 0, before.seen?.errors ?? 0) >= needed();
  const expected = listed(old.map((alike) => alike.status));
  return { kind: "status", status, what: `${status}`, place: { kind: "status" }, expected, found: `${status}`, before: first.first, holds };
}

/** Another type or code than any before of the same status (and type). */
export function suspectRole(sides: Sides, outcome: ErrorOutcome, role: "type" | "code", answer: ErrorAnswer): Suspicion | undefined {
  const { status, weight, said, row } = outcome;
  if (said === undefined) return undefined;
  const isOfKind = (alike: Alike) => alike.status === status && alike.type !== undefined && (role === "type" || alike.type === said.type);
  const old = sides.before.seen?.all(isOfKind) ?? [];
  const [first] = old;
  const values = new Set(old.map((alike) => alike[role] ?? ""));
  if (first === undefined || values.has(said[role])) return undefined;
  // Two rows of the moment (a limit, a quota) are both kept, each at its time.
  if (!sides.labelled && mayBeBoth(weight, row, old)) return undefined;
  const needed = () => (sides.labelled ? 1 : samplesForMembers(weight, sentSameIds(sides)));
  const { before, after } = sides;
  const holds = () =>
    !after.seen.has((alike) => isOfKind(alike) && values.has(alike[role] ?? "")) &&
    countBoth(before.seen, after.seen, isOfKind) >= needed();
  const place = placeOfRole(answer, role);
  return { kind: role, status, what: said[role], place, expected: listed(values), found: said[role], before: first.first, holds };
}

function mayBeBoth(weight: Weight, row: string | undefined, old: readonly Alike[]): boolean {
  return weight === "moment" && row !== undefined && old.some((alike) => alike.row !== undefined && alike.row !== row);
}

/** Were the ids that after sent in query and body sent before, too? */
function sentSameIds({ before, after }: Sides): boolean {
  const sent = [...after.seen.given, ...(after.served()?.given ?? [])];
  return sent.every((given) => before.seen?.given.has(given) === true || before.served?.given.has(given) === true);
}

function countBoth(before: SideSeen | undefined, after: SideSeen, is: (alike: Alike) => boolean): number {
  return Math.min(before?.count(is) ?? 0, after.count(is));
}

/** Why type and code cannot be compared: the body of one side is known and that of the other is not, though both have the status. */
export function whyHidden({ before }: Sides, { status, weight, said }: ErrorOutcome, answer: ErrorAnswer): string | undefined {
  const old = before.seen?.all((alike) => alike.status === status && alike.weight === weight) ?? [];
  if (old.length === 0 || old.some(({ type }) => (type === undefined) === (said === undefined))) return undefined;
  return answer.readable ? "body not captured before the change" : whyUnreadable(answer);
}
