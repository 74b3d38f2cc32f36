import type { Contract } from "../model/contract.ts";
import { plainly } from "../syntax/wording.ts";
import type { Reply } from "./ask.ts";
import { whatWasMade } from "./made.ts";
import type { Asked } from "./run.ts";

/** So many answers in a row end a run. */
const mostInARow = 3;

/** Says when a run must not go on. */
export class Brakes {
  readonly #contract: Pick<Contract, "rows">;
  #faults = 0;
  #silences = 0;

  constructor(contract: Pick<Contract, "rows">) {
    this.#contract = contract;
  }

  /** Why the run ends with this answer; undefined = it goes on. To be asked of every answer, in their order. */
  judge({ probe, ask, status, failure }: Asked, reply: Reply): Halt | undefined {
    this.#faults = status >= 500 ? this.#faults + 1 : 0;
    this.#silences = status === 0 ? this.#silences + 1 : 0;
    const request = `${ask.method} ${plainly(ask.path)}`;
    // Where errors have the status of a success, it does not tell what was served.
    const isServed = status >= 200 && status < 300 && !this.#contract.rows.some((row) => row.status.has(status));
    // What is of level 2 the user allowed to act.
    if (ask.mustFail === true && ask.level < 2 && isServed)
      return {
        reason: `${request} (${ask.purpose}) should have been refused and was served with ${status}. ${whatIsThere(reply)}`,
        isFinal: false,
      };
    if (probe.startsWith("control/") && (status === 401 || (status > 300 && status < 304) || status === 307 || status === 308))
      return { reason: `${probe}: ${request} was answered ${status}. ${adviceFor(status, reply)}`, isFinal: true };
    if (this.#silences >= mostInARow)
      return { reason: `${mostInARow} requests in a row got no answer: ${failure ?? "no reason is known"}.`, isFinal: true };
    if (this.#faults >= mostInARow) return { reason: `${mostInARow} answers in a row were server errors (${status}).`, isFinal: true };
    return undefined;
  }
}

/** The end of a run. */
export interface Halt {
  /** A sentence. */
  readonly reason: string;
  /** False: what only looks whether anything was changed is asked all the same. */
  readonly isFinal: boolean;
}

/** Nothing can be learned of a server that knows none of the plan's accounts, or is elsewhere. */
function adviceFor(status: number, reply: Reply): string {
  return status === 401
    ? "Is the account's credential right?"
    : `Is the plan's target right? The answer leads to ${plainly(reply.header("location") ?? "another place")}.`;
}

/** What may have been made, so that somebody can take it away again. */
function whatIsThere(reply: Reply): string {
  const made = whatWasMade(reply);
  return made === undefined
    ? "Look what it did, and take it back."
    : `It may have made or changed ${plainly(made)}: look, and take it back.`;
}
