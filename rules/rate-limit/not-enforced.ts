import type { ErrorAnswer } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { insertSorted } from "../../src/traffic/insert-sorted.ts";
import { rateLimitScope } from "../../src/traffic/rate-limit-scope.ts";

const say = messages({
  exceeded: (served: number, window: number, limit: number) =>
    `${served} requests were served within ${window} s, though the limit is ${limit}: more than two windows together allow.`,
});

/** When the served requests of one scope began, in order, and the end of the window told last. */
interface Served {
  readonly starts: number[];
  toldUntil: number;
}

export const notEnforced: Rule = {
  id: "rate-limit/not-enforced",
  summary: "more requests were served than the limit allows",
  severity: "note",
  needs: "session",
  advice: "Check that the limiter stands before this operation and counts by what the contract says, or correct the contract.",
  watch({ contract, tell, remember }) {
    if (contract.rateLimit === undefined) return {};
    const { requests, window } = contract.rateLimit;
    // A fixed window may be used up at its end, and the next one at its beginning.
    const allowed = 2 * requests + 1;
    const sessions = remember<Served>();
    return {
      exchange(exchange, answer) {
        const scope = wasServed(exchange, answer) ? rateLimitScope(contract, exchange) : undefined;
        const at = exchange.startedAt;
        if (scope === undefined || at === undefined) return;
        const key = `${exchange.timeline}\n${scope}`;
        let session = sessions.get(key);
        if (session === undefined) {
          session = { starts: [], toldUntil: Number.NEGATIVE_INFINITY };
          sessions.set(key, session);
        }
        const { starts } = session;
        // A window that holds this request holds too many if its first and last are `allowed` apart.
        for (let last = insertSorted(starts, at); last < starts.length; last++) {
          const first = starts[last - allowed];
          const end = starts[last] as number;
          if (first !== undefined && first > at) break;
          if (first === undefined || end - first >= window * 1000 || first < session.toldUntil) continue;
          session.toldUntil = end;
          tell({
            on: exchange,
            say: say.exceeded(allowed + 1, window, requests),
            place: { kind: "exchange" },
            expected: `${requests} requests in ${window} s`,
            found: `${allowed + 1} requests in ${Math.ceil((end - first) / 1000)} s`,
            row: null,
          });
        }
        if (starts.length > 4 * allowed + 1000) starts.splice(0, starts.length - 2 * allowed - 500);
      },
    };
  },
};

/** Did a request get past the limiter, to the API itself? */
function wasServed({ response: { status } }: Exchange, answer: ErrorAnswer | undefined): boolean {
  return status < 500 && status !== 429 && status !== 401 && answer?.gateway === undefined;
}
