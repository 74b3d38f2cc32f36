import { messages, type Rule } from "../../src/model/rule.ts";
import { rateLimitScope } from "../../src/traffic/waits/rate-limit-scope.ts";
import { SlidingWindows } from "../../src/traffic/waits/sliding-window.ts";
import { wasServed } from "../../src/traffic/waits/was-served.ts";

const say = messages({
  exceeded: (served: number, window: number, limit: number) =>
    `${served} requests were served within ${window} s, though the limit is ${limit}: more than two windows together allow.`,
});

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
    const served = new SlidingWindows({ remember }, allowed, window);
    return {
      exchange(exchange, answer) {
        const scope = wasServed(exchange, answer) ? rateLimitScope(contract, exchange) : undefined;
        const start = exchange.startedAt;
        if (scope === undefined || start === undefined) return;
        const crowded = served.add(exchange.timeline, scope, start);
        if (crowded === undefined) return;
        tell({
          on: exchange,
          say: say.exceeded(allowed + 1, window, requests),
          place: { kind: "exchange" },
          expected: `${requests} requests in ${window} s`,
          found: `${allowed + 1} requests in ${Math.ceil((crowded.last - crowded.first) / 1000)} s`,
          // Of a burst that was sent on purpose every request is known, and whose it was.
          ...(exchange.probe?.live === true && { severity: "error" }),
          row: null,
        });
      },
    };
  },
};
