import type { Row } from "../../src/model/contract.ts";
import type { Origin } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { momentOf } from "../../src/traffic/moment.ts";
import { limitedFor } from "../../src/traffic/waits/limited-for.ts";
import { rateLimitScope } from "../../src/traffic/waits/rate-limit-scope.ts";

const say = messages({
  penalised: (seconds: number) =>
    `A request that came before the announced wait was over moved its end by ${seconds} s: whoever retries too early is kept out longer.`,
});

/** Milliseconds: two announcements of one moment in whole seconds, both rounded up or both cut, differ by less. */
const resolution = 1_000;

/** The last time a scope was turned away, and until when. */
interface Refusal {
  readonly row: Row;
  readonly end: number;
  readonly release: number;
  readonly origin: Origin;
}

export const releasePostponed: Rule = {
  id: "rate-limit/release-postponed",
  summary: "a retry that comes too early moves the end of the rate limit",
  severity: "note",
  needs: "session",
  spans: "captures",
  advice: "Do not count requests that are turned away; or say in the documentation that early retries are held against the client.",
  watch({ contract, tell, remember }) {
    const refusals = remember<Refusal>();
    return {
      exchange(exchange, answer) {
        // Requests that a capture does not hold move the end of a limit too; of a live probe's account there are none.
        const scope = exchange.probe?.live === true ? rateLimitScope(contract, exchange) : undefined;
        const { startedAt: start, endedAt: end } = exchange;
        if (scope === undefined || start === undefined || end === undefined) return;
        const limited = answer && limitedFor(answer, contract);
        if (limited === undefined) return refusals.delete(scope);
        const { row, seconds } = limited;
        const before = refusals.get(scope);
        const release = end + seconds * 1000;
        const isEarly = before?.row === row && start > before.end && start < before.release;
        // On the way there and back an answer only seems to announce less at first, and more later.
        if (isEarly && start + seconds * 1000 - before.release >= resolution)
          tell({
            on: exchange,
            say: say.penalised(Math.round((release - before.release) / 1000)),
            place: { kind: "header", name: "Retry-After" },
            expected: `${Math.max(1, Math.ceil((before.release - end) / 1000))} s, what is left of the wait`,
            found: `${seconds} s`,
            related: [before.origin],
            row,
          });
        refusals.set(scope, { row, end, release, origin: momentOf(exchange).origin });
      },
    };
  },
};
