import type { Ask, Reply, Skip, Step } from "./ask.ts";
import type { Asking, Probe } from "./probe.ts";

/** A step of a probe before anything is sent. */
export interface Stop {
  readonly probe: Probe;
  readonly step: Step;
}

/** A probe whose requests have no end would never come to one. */
const mostSteps = 20_000;

/** All that the probes would ask if all went well, in their order. Sends nothing. */
export function* itinerary(probes: readonly Probe[], asking: Asking): Generator<Stop, void, void> {
  for (const probe of probes) {
    const asks = probe.ask(asking);
    const unsent: readonly Reply[] = [];
    let next = asks.next(unsent);
    if (next.done === true) yield { probe, step: { skip: nothingToAsk(probe.needs) } };
    for (let steps = 0; next.done !== true && steps < mostSteps; steps++) {
      yield { probe, step: next.value };
      next = asks.next(unsent);
    }
  }
}

/** Why a probe that says nothing itself has nothing to ask. */
export function nothingToAsk(needs: string): string {
  return `nothing to ask: it needs ${needs}`;
}

export function isSkip(step: Step): step is Skip {
  return "skip" in step;
}

/** The requests of a step. */
export function asksOf(step: Step): readonly Ask[] {
  if (isSkip(step)) return [];
  return "method" in step ? [step] : step;
}
