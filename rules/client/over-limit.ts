import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { rateLimitScope } from "../../src/traffic/waits/rate-limit-scope.ts";
import { SlidingWindows } from "../../src/traffic/waits/sliding-window.ts";

const say = messages({
  exceeded: (limit: number, window: number) => `More requests were sent within ${window} s than the limit of ${limit} allows.`,
});

export const overLimit: Rule = {
  id: "client/over-limit",
  summary: "more requests were sent than the limit allows",
  severity: "note",
  needs: "session",
  subject: "client",
  advice: "Spread the requests over the window, and let all clients of one account draw from one budget.",
  watch({ contract, tell, remember }) {
    const { rateLimit, authentication } = contract;
    if (rateLimit === undefined) return {};
    const { requests, window } = rateLimit;
    const sent = new SlidingWindows({ remember }, requests, window);
    // What needs no credential is nobody's, and no part of an account's budget.
    const isPublic = ({ request }: Exchange) => contract.operationsOf(request).some(({ name }) => authentication.public.includes(name));
    return {
      exchange(exchange) {
        const start = exchange.startedAt;
        if (start === undefined || isPublic(exchange)) return;
        const scope = rateLimitScope(contract, exchange);
        if (scope === undefined) return;
        const crowded = sent.add(exchange.timeline, scope, start);
        if (crowded === undefined) return;
        tell({
          on: exchange,
          say: say.exceeded(requests, window),
          place: { kind: "exchange" },
          expected: `${requests} requests in ${window} s`,
          found: `${requests + 1} requests in ${Math.ceil((crowded.last - crowded.first) / 1000)} s`,
          row: null,
        });
      },
    };
  },
};
