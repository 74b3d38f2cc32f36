import { messages, type Rule } from "../../src/model/rule.ts";
import { type Attempt, type Step, sightOf } from "../../src/traffic/attempts/attempt.ts";
import { watchChains } from "../../src/traffic/attempts/attempt-chains.ts";
import { retryRuns } from "../../src/traffic/attempts/retry-run.ts";

const say = messages({
  tooOften: (retries: number, most: number) =>
    `The same request was sent again ${retries} times after errors; the contract allows ${most}.`,
});

export const retriedTooOften: Rule = {
  id: "client/retried-too-often",
  summary: "a request was retried more often than the contract allows",
  severity: "error",
  needs: "session",
  subject: "client",
  advice: "Count the retries of a request, and hand the error to the caller when they are used up.",
  watch({ contract, tell, ...watching }) {
    const most = contract.client.maxRetries;
    if (most === undefined) return {};
    const judge = (run: readonly Step[]) => {
      const excess = run[most];
      if (excess === undefined) return;
      tell({
        ...sightOf(excess),
        say: say.tooOften(run.length, most),
        place: { kind: "exchange" },
        expected: `${most} retries at most`,
        found: `${run.length} retries`,
        row: null,
        related: run.map(({ from }) => from.moment.origin),
      });
    };
    return watchChains(watching, ["request"], ({ finished }) => {
      for (const chain of finished) if (!chain.isPolling) retryRuns(chain, mayRetry).forEach(judge);
    });
  },
};

function mayRetry({ retry }: Attempt): boolean {
  return retry === "backoff" || retry === "retry-after";
}
