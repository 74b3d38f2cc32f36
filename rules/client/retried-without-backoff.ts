import { messages, type Rule, type Telling } from "../../src/model/rule.ts";
import { type Attempt, type Chain, type Step, sightOf } from "../../src/traffic/attempts/attempt.ts";
import { watchChains } from "../../src/traffic/attempts/attempt-chains.ts";
import { RepeatedPauses } from "../../src/traffic/attempts/repeated-pauses.ts";
import { pausesOf, retryRuns } from "../../src/traffic/attempts/retry-run.ts";

const say = messages({
  immediate: (retries: number) => `The same request was sent again ${retries} times without a pause.`,
  constant: (retries: number, pause: number) =>
    `The same request was sent again ${retries} times, each time after ${pause} s: the pause does not grow.`,
  noJitter: (chains: number) => `The pauses before retries were the same in ${chains} series: they do not vary by chance.`,
});

/** Milliseconds under which there is no pause. */
const immediately = 100;
/** Shares of the longest pause within which pauses are the same: in one series, and at one place of several. */
const [sameInSeries, sameAcross] = [0.1, 0.05];

export const retriedWithoutBackoff: Rule = {
  id: "client/retried-without-backoff",
  summary: "the pauses before retries do not grow, or do not vary",
  severity: "warning",
  needs: "session",
  spans: "captures",
  subject: "client",
  advice: "Double the pause before each retry, and take a random part of it.",
  watch({ contract, tell, remember, ...watching }) {
    const { backoff, jitter } = contract.client;
    const repeated = new RepeatedPauses({ remember }, sameAcross);
    const report = (step: Step, telling: Pick<Telling, "say" | "expected" | "found" | "severity">) =>
      tell({ ...sightOf(step), ...telling, place: { kind: "exchange" }, row: step.from.row });
    const judge = (run: readonly Step[], { client }: Chain) => {
      const pauses = pausesOf(run);
      const step = run.at(-1);
      if (pauses === undefined || step === undefined) return;
      const [shortest, longest] = [Math.min(...pauses), Math.max(...pauses)];
      if (longest < immediately) {
        if (pauses.length >= 2)
          report(step, {
            say: say.immediate(pauses.length),
            expected: "a growing pause",
            found: `${Math.round(longest) / 1000} s at most`,
          });
      } else if (pauses.length >= 3 && longest - shortest <= sameInSeries * longest) {
        const pause = Math.round(longest / 100) / 10;
        if (backoff !== "constant")
          report(step, { say: say.constant(pauses.length, pause), expected: "a growing pause", found: `${pause} s each time` });
      } else if (jitter === true) {
        const series = repeated.note(client, pauses);
        if (series >= 3)
          report(step, { say: say.noJitter(series), expected: "pauses that vary", found: "the same pauses", severity: "note" });
      }
    };
    return watchChains(watching, ["request", "time"], ({ finished }) => {
      for (const chain of finished) if (!chain.isPolling) for (const run of retryRuns(chain, mustBackOff)) judge(run, chain);
    });
  },
};

function mustBackOff({ retry }: Attempt): boolean {
  return retry === "backoff";
}
