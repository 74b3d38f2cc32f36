import { messages, type Rule } from "../../src/model/rule.ts";
import { type Step, sightOf } from "../../src/traffic/attempts/attempt.ts";
import { watchChains } from "../../src/traffic/attempts/attempt-chains.ts";
import { LimitedWaits } from "../../src/traffic/attempts/limited-waits.ts";
import { isLimitRow } from "../../src/traffic/waits/retry-after-verdict.ts";

const say = messages({
  early: (wait: number, gap: number) => `The same request was sent again after ${gap} s, though the answer said to wait ${wait} s.`,
  polled: (wait: number, gap: number) =>
    `A request that is sent at a steady pace came again after ${gap} s, though the answer said to wait ${wait} s.`,
  keptAsking: (wait: number) => `The client had been told to wait ${wait} s, and asked for something else meanwhile.`,
});

export const retriedEarly: Rule = {
  id: "client/retried-early",
  summary: "the client came back before Retry-After had passed",
  severity: "error",
  needs: "session",
  subject: "client",
  advice: "Read Retry-After, and send nothing that the limit counts before that time has passed since the answer.",
  watch({ contract, tell, remember, ...watching }) {
    const judge = (step: Step, isPolling: boolean) => {
      const { from, gap } = step;
      if (from.wait === undefined || gap === undefined || gap >= 1000 * from.wait - 1000) return;
      if (from.retry !== "retry-after" && from.retry !== "backoff") return;
      const seconds = Math.round(gap / 100) / 10;
      tell({
        ...sightOf(step),
        say: isPolling ? say.polled(from.wait, seconds) : say.early(from.wait, seconds),
        place: { kind: "exchange" },
        expected: `${from.wait} s after the answer`,
        found: `${seconds} s after it`,
        row: from.row,
        ...(isPolling && { severity: "warning" }),
      });
    };
    const chains = watchChains(watching, ["request", "time"], ({ finished }) => {
      for (const { steps, isPolling } of finished) for (const step of steps) judge(step, isPolling);
    });
    if (!contract.rows.some((row) => row.retry === "retry-after" && isLimitRow(row))) return chains;
    const waits = new LimitedWaits({ contract, remember });
    return {
      ...chains,
      exchange(exchange, answer) {
        chains.exchange(exchange, answer);
        for (const { seconds, request, refusal } of waits.note(exchange, answer)) {
          const isItself = request.entry === exchange.origin.entry && request.capture === exchange.origin.capture;
          tell({
            on: exchange,
            say: say.keptAsking(seconds),
            place: { kind: "exchange" },
            expected: `nothing for ${seconds} s`,
            found: "another request",
            row: null,
            severity: "warning",
            related: [isItself ? refusal : request],
          });
        }
      },
      endTimeline() {
        chains.endTimeline();
        waits.forget();
      },
    };
  },
};
