import type { Witness } from "../../model/rule.ts";
import type { Suspicion, Verdict } from "./suspicion.ts";

/** A suspicion that is kept, on the first answer of after that raised it. */
export interface Noted extends Suspicion {
  readonly on: Witness;
  /** Of an identical request: what the same answers raised among all ids. */
  readonly amongIds: Set<Noted>;
  /** Was it raised among all ids alone, by one answer at least? */
  isAlone: boolean;
}

/** What came of all suspicions. */
export interface Settled {
  readonly found: readonly Noted[];
  readonly doubtful: readonly (readonly [Noted, reason: string])[];
  /** Those that show whether the server was changed. */
  readonly decided: readonly Noted[];
}

/**
 * Judges what is suspicious among all ids, and what is about identical requests, so that nothing is told twice: the first is told, unless
 * identical requests explain each answer that raised it in another way; the second, unless the first says the same.
 */
export function settle(amongIds: readonly Noted[], identical: readonly Noted[]): Settled {
  const verdicts = new Map<Noted, Verdict>([...amongIds, ...identical].map((each) => [each, each.judge()]));
  const holds = (each: Noted) => verdicts.get(each) === "held";
  const isDoubtful = (each: Noted) => !["held", "refuted", "moot"].includes(verdicts.get(each) ?? "moot");
  const saysSame = (one: Noted) => (other: Noted) => other.kind === one.kind && other.what === one.what;
  const told = identical.filter((each) => holds(each) && ![...each.amongIds].some((all) => holds(all) && saysSame(each)(all)));
  const isTold = new Set(told);
  const explained = new Set(told.flatMap((each) => [...each.amongIds]));
  const open = new Set(identical.filter((each) => !isTold.has(each)).flatMap((each) => [...each.amongIds]));
  const isExplained = (all: Noted) => explained.has(all) && !open.has(all) && !all.isAlone;
  const doubtful = amongIds.filter((all) => isDoubtful(all) && !explained.has(all));
  const isCounted = new Set(doubtful);
  const others = identical.filter((each) => isDoubtful(each) && ![...each.amongIds].some((all) => holds(all) || isCounted.has(all)));
  return {
    found: [...amongIds.filter((all) => holds(all) && !isExplained(all)), ...told],
    doubtful: [...doubtful, ...others].map((each) => [each, verdicts.get(each) ?? "moot"]),
    decided: [...verdicts].flatMap(([each, verdict]) => (verdict === "held" || verdict === "refuted" ? each : [])),
  };
}
