import { messages, type Rule } from "../../src/model/rule.ts";
import { type Attempt, type Step, sightOf } from "../../src/traffic/attempts/attempt.ts";
import { watchChains } from "../../src/traffic/attempts/attempt-chains.ts";
import type { Repetition } from "../../src/traffic/attempts/repetition.ts";
import { personPause } from "../../src/traffic/attempts/retry-run.ts";

const say = messages({
  changed: (after: string) => `The same request was sent again with another key after ${after}.`,
  dropped: (after: string) => `The same request was sent again without its key after ${after}.`,
  repeated: () => "The same request was sent and done again with another key, or none, shortly after it had been done.",
});

/** Milliseconds after which a client that was told to wait may mean a new request. */
const within = 120_000;

export const keyChangedOnRetry: Rule = {
  id: "client/key-changed-on-retry",
  summary: "the retry of one request used a new key or none",
  severity: "error",
  needs: "session",
  subject: "client",
  advice: "Make the key once for what is to be done, and send it with every attempt at it.",
  watch({ contract, tell, ...watching }) {
    if (contract.idempotency === undefined) return {};
    const { keyText } = contract.idempotency;
    const report = (pair: Repetition, said: ReturnType<typeof say.changed>, severity: "error" | "warning", detail: string) =>
      tell({
        ...sightOf(pair),
        say: said,
        place: { kind: "exchange" },
        expected: `the same ${keyText} again`,
        found: pair.to.key === undefined ? "none" : "another",
        detail,
        row: null,
        severity,
      });
    const judge = (step: Step) => {
      const { from, to, gap } = step;
      if (
        gap === undefined ||
        gap > (from.named === undefined ? personPause : within) ||
        !from.isKeyed ||
        from.key === undefined ||
        from.key === to.key
      )
        return;
      const after = unclearOutcome(from);
      if (after !== undefined) report(step, to.key === undefined ? say.dropped(after) : say.changed(after), "error", after);
    };
    return watchChains(watching, ["request", "time"], ({ finished, repetitions }) => {
      for (const { steps, isPolling } of finished) if (!isPolling) steps.forEach(judge);
      for (const repetition of repetitions) report(repetition, say.repeated(), "warning", "done");
    });
  },
};

/** An outcome after which the first attempt may have been done, or its key is still of use. What must not be retried at all is told elsewhere. */
function unclearOutcome({ outcome, status, retry }: Attempt): string | undefined {
  if (outcome === "unanswered") return "no answer";
  return retry !== "never" && (status >= 500 || status === 429) ? String(status) : undefined;
}
