import type { Contract } from "../model/contract.ts";
import { plainly } from "../syntax/wording.ts";
import type { Reply } from "./ask.ts";
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

  /** Why the run ends with this answer, a sentence; undefined = it goes on. To be asked of every answer, in their order. */
  judge({ ask, status, failure }: Asked, reply: Reply): string | undefined {
    this.#faults = status >= 500 ? this.#faults + 1 : 0;
    this.#silences = status === 0 ? this.#silences + 1 : 0;
    // Where errors have the status of a success, it does not tell what was served.
    const isServed = status >= 200 && status < 300 && !this.#contract.rows.some((row) => row.status.has(status));
    if (ask.mustFail === true && isServed)
      return `${ask.method} ${plainly(ask.path)} (${ask.purpose}) should have been refused and was served with ${status}. ${whatIsThere(reply)}`;
    if (this.#silences >= mostInARow) return `${mostInARow} requests in a row got no answer: ${failure ?? "no reason is known"}.`;
    if (this.#faults >= mostInARow) return `${mostInARow} answers in a row were server errors (${status}).`;
    return undefined;
  }
}

/** What may have been made, so that somebody can take it away again. */
function whatIsThere(reply: Reply): string {
  const location = reply.header("location");
  if (location !== undefined) return `It may have made ${location}: look, and take it away.`;
  const body = reply.json();
  const id = typeof body === "object" && body !== null ? (body as { id?: unknown }).id : undefined;
  return typeof id === "string" || typeof id === "number"
    ? `It may have made or changed ${id}: look, and take it back.`
    : "Look what it did, and take it back.";
}
