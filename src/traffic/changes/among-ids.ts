import type { Pair } from "./answers.ts";
import type { ErrorOutcome } from "./error-outcome.ts";
import { severalSamples } from "./status-weight.ts";
import type { Suspicion, Verdict } from "./suspicion.ts";

/**
 * What is suspicious about an identical request (`own`), beside what is so among all ids (`among`), where the server may still answer, or have
 * answered before, as is suspected. What another id had before takes several answers, and may have moved with the id.
 */
export function suspectAmongIds(
  own: readonly Suspicion[],
  among: readonly Suspicion[],
  outcome: ErrorOutcome | undefined,
  { twin, all }: Record<"twin" | "all", Pair>,
): Suspicion[] {
  return own.flatMap((suspicion) => {
    const { kind, what, samples } = suspicion;
    const isNew = among.some((each) => each.kind === kind && each.what === what);
    const isOutcome = kind === "status" || kind === "type" || kind === "code";
    if (isNew && isOutcome) return suspicion;
    // A member that is missing may be missing as usual for another id.
    if (!isNew && !isOutcome) return [];
    const judge = (): Verdict => {
      const verdict = suspicion.judge();
      if (verdict !== "held") return verdict;
      if (samples() < severalSamples) return "fewer than three answers on one side";
      const mayHaveMoved = isOutcome && all.after.shifts.mayExplain(kind, outcome, twin.sides.before, all.sides.before);
      return mayHaveMoved ? "depends on the state of the server" : "held";
    };
    return { ...suspicion, judge };
  });
}
