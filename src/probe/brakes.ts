import type { Contract } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import { plainly } from "../syntax/wording.ts";
import type { Reply } from "./ask.ts";
import { liveExchange } from "./live-exchange.ts";
import { whatWasMade } from "./made.ts";
import { readReply } from "./reply.ts";
import type { Asked } from "./run.ts";
import type { Received } from "./wire/wire.ts";

/** So many answers in a row end a run. */
const mostInARow = 3;
/** So many limits in a row: two requests, each told to wait and sent again. */
const mostLimits = 8;

/** Says when a run must not go on. */
export class Brakes {
  readonly #contract: Contract;
  #faults = 0;
  #silences = 0;
  #limits = 0;

  constructor(contract: Contract) {
    // What it learns of the server here is not for the judge.
    this.#contract = contract.begin();
  }

  /** Why the run ends with this answer; undefined = it goes on. To be asked of every answer, in their order. */
  judge({ probe, ask, sending, status, failure }: Asked, received: Received): Halt | undefined {
    this.#faults = status >= 500 ? this.#faults + 1 : 0;
    this.#silences = failure !== undefined || status === 0 ? this.#silences + 1 : 0;
    this.#limits = status === 429 && ask.takesLimit !== true ? this.#limits + 1 : 0;
    const request = `${ask.method} ${plainly(ask.path)}`;
    const reply = readReply(received);
    // What is of level 2 the user allowed to act.
    if (ask.mustFail === true && ask.level < 2 && this.#isServed(liveExchange(sending, received)))
      return {
        reason: `${request} (${ask.purpose}) should have been refused and was served with ${status}. ${whatIsThere(reply)}`,
        isFinal: false,
      };
    if (probe.startsWith("control/") && (status === 401 || isRedirect(status)))
      return { reason: `${probe}: ${request} was answered ${status}. ${adviceFor(status, reply)}`, isFinal: true };
    if (this.#silences >= mostInARow)
      return { reason: `${mostInARow} requests in a row got no whole answer: ${failure ?? "no reason is known"}.`, isFinal: true };
    if (this.#faults >= mostInARow) return { reason: `${mostInARow} answers in a row were server errors (${status}).`, isFinal: true };
    if (this.#limits >= mostLimits)
      return { reason: `${mostLimits} answers in a row were limits (429), though each was waited out.`, isFinal: true };
    return undefined;
  }

  /** Errors may have the status of a success; and what leads away after a write (303) has mostly acted. */
  #isServed(exchange: Exchange): boolean {
    const { status } = exchange.response;
    if (status !== 302 && status !== 303 && (status < 200 || status > 299)) return false;
    return this.#contract.read(exchange) === undefined;
  }
}

function isRedirect(status: number): boolean {
  return [301, 302, 303, 307, 308].includes(status);
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
