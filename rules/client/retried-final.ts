import { messages, type Rule } from "../../src/model/rule.ts";
import { type Step, sightOf } from "../../src/traffic/attempts/attempt.ts";
import { watchChains } from "../../src/traffic/attempts/attempt-chains.ts";
import { isRepaired } from "../../src/traffic/attempts/repaired.ts";
import { personPause, waitedOut } from "../../src/traffic/attempts/retry-run.ts";

const say = messages({
  retried: (answer: string) => `The same request was sent again after ${answer}, which is not to be retried.`,
  retriedLater: (answer: string) => `The same request was sent again over 30 s after ${answer}, which is not to be retried.`,
  retriedUntimed: (answer: string) =>
    `The same request was sent again after ${answer}, which is not to be retried; the capture does not show how soon.`,
});

export const retriedFinal: Rule = {
  id: "client/retried-final",
  summary: "a request was sent again after an error that must not be retried",
  severity: "error",
  needs: "session",
  subject: "client",
  advice: "Let the client give up at this error, or change the request before it is sent again.",
  watch({ contract, tell, ...watching }) {
    if (!contract.rows.some(({ retry }) => retry === "never") && contract.client.unlisted !== "never") return {};
    const judge = (step: Step) => {
      const { from, gap } = step;
      if (from.retry !== "never" || waitedOut(step) || isRepaired(contract, step)) return;
      const answer = from.row === null ? `${from.status}` : `${from.status} ${from.row.name}`;
      const isPersons = gap === undefined || gap > personPause;
      tell({
        ...sightOf(step),
        say: gap === undefined ? say.retriedUntimed(answer) : isPersons ? say.retriedLater(answer) : say.retried(answer),
        place: { kind: "exchange" },
        expected: `no retry after ${answer}`,
        found: gap === undefined ? "a retry" : `a retry after ${Math.round(gap) / 1000} s`,
        row: from.row,
        ...(isPersons && { severity: "note" }),
      });
    };
    return watchChains(watching, ["request", "credential"], ({ finished }) => {
      for (const { steps, isPolling } of finished) if (!isPolling) steps.forEach(judge);
    });
  },
};
