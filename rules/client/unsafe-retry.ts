import { messages, type Rule } from "../../src/model/rule.ts";
import { type Attempt, type Step, sightOf } from "../../src/traffic/attempts/attempt.ts";
import { watchChains } from "../../src/traffic/attempts/attempt-chains.ts";
import { personPause } from "../../src/traffic/attempts/retry-run.ts";

const say = messages({
  unanswered: (method: string) => `${method} was sent again without a key after it got no answer: it may have been done twice.`,
  failed: (method: string, status: number) => `${method} was sent again without a key after ${status}: it may have been done twice.`,
});

/** Statuses that say that nothing was done. */
const notDone: ReadonlySet<number> = new Set([501, 505, 511]);

export const unsafeRetry: Rule = {
  id: "client/unsafe-retry",
  summary: "POST or PATCH was repeated without a key after an unclear outcome",
  severity: "warning",
  needs: "session",
  subject: "client",
  advice: "Send an idempotency key with it, or look whether the first attempt was done before sending another.",
  watch({ tell, ...watching }) {
    const judge = (step: Step) => {
      const { from, to, gap } = step;
      if (gap === undefined || gap > personPause || (from.method !== "POST" && from.method !== "PATCH")) return;
      // A key that is not kept is told by client/key-changed-on-retry.
      if (from.key !== undefined && (to.key !== undefined || from.isKeyed)) return;
      if (!isUnclear(from)) return;
      const isUnanswered = from.outcome === "unanswered";
      tell({
        ...sightOf(step),
        say: isUnanswered ? say.unanswered(from.method) : say.failed(from.method, from.status),
        place: { kind: "exchange" },
        expected: "a key with both requests",
        found: "no key",
        detail: isUnanswered ? "no answer" : String(from.status),
        row: from.row,
      });
    };
    return watchChains(watching, ["request", "time"], ({ finished }) => {
      for (const { steps, isPolling } of finished) if (!isPolling) steps.forEach(judge);
    });
  },
};

/** May the first attempt have been done? Where the contract lets the error be retried, it says that nothing was. */
function isUnclear({ outcome, status, retry, isForeign }: Attempt): boolean {
  if (outcome === "unanswered") return true;
  if (status < 500 || notDone.has(status) || retry !== "unspecified") return false;
  // A gateway that waited in vain knows no more than the client; any other answer of it was given instead of the API's.
  return !isForeign || status === 502 || status === 504;
}
