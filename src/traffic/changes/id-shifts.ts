import type { ErrorOutcome } from "./error-outcome.ts";
import { type Alike, alikeKey, type SideSeen } from "./outcome-tally.ts";
import type { Served, Sides } from "./suspicion.ts";

type Side = { readonly seen: SideSeen | undefined; readonly served: Served | undefined };

const served = "served";

/**
 * Which answers went from one id to another, among requests that differ in nothing but their ids. `/orders/7` may be missing in one run and
 * somebody else's in the next, where each run counts anew: then 404 and 403 have changed their ids, and the server is what it was.
 */
export class IdShifts {
  /** Outcomes of ids that had not that outcome before, or were not asked for. */
  readonly #arrived = new Set<string>();
  /** By outcome: how often ids that have it still had it before. */
  readonly #stayed = new Map<string, number>();

  /** Learns of an answer of after, which is counted there; `twin`: the answers to the identical request, where it was sent before. */
  note(outcome: ErrorOutcome | undefined, twin: Sides | undefined): void {
    for (const name of namesOf(outcome)) {
      const samples = twin === undefined ? 0 : samplesOf(twin.before, name);
      if (twin === undefined || samples === 0) this.#arrived.add(name);
      else if (samplesOf({ seen: twin.after.seen, served: twin.after.served() }, name) === 1)
        this.#stayed.set(name, (this.#stayed.get(name) ?? 0) + samples);
    }
  }

  /**
   * May the outcome that an identical request has now have come from another id, and the one that it had before have gone to one? `twin`:
   * what was answered to it before; `all`: the same for whatever id.
   */
  mayExplain(kind: "status" | "type" | "code", outcome: ErrorOutcome | undefined, twin: Side, all: Side): boolean {
    const [status = served, whole = status] = namesOf(outcome);
    const found = kind === "status" ? status : whole;
    const isOfKind = ({ status, type }: Alike) => status === outcome?.status && (kind === "type" || type === outcome.said?.type);
    const old = [...(twin.seen?.alike ?? [])].flatMap(([key, alike]) =>
      kind === "status" ? `${alike.status}` : isOfKind(alike) ? key : [],
    );
    const lost = old.length === 0 ? [served] : old;
    return lost.some((name) => this.#arrived.has(name)) && samplesOf(all, found) > (this.#stayed.get(found) ?? 0);
  }
}

/** An error goes by its status, and by all that it is compared in. */
function namesOf(outcome: ErrorOutcome | undefined): readonly string[] {
  return outcome === undefined ? [served] : [`${outcome.status}`, alikeKey(outcome)];
}

function samplesOf(side: Side, name: string): number {
  if (name === served) return side.served?.samples ?? 0;
  return side.seen?.alike.get(name)?.samples ?? side.seen?.count(({ status }) => `${status}` === name) ?? 0;
}
