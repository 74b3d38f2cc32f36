import { messages, type Rule } from "../../src/model/rule.ts";
import { judgeRetryAfter } from "../../src/traffic/waits/retry-after-verdict.ts";

const say = messages({
  missing: (status: number) => `The ${status} says "later" but not when: it has no Retry-After header, and the contract requires one.`,
});

export const retryAfterMissing: Rule = {
  id: "rate-limit/retry-after-missing",
  summary: 'an answer that says "later" does not say when',
  severity: "error",
  needs: "exchange",
  advice: "Send Retry-After with the number of seconds to wait; see that no proxy on the way removes it.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        const verdict = judgeRetryAfter(answer, contract);
        if (verdict.kind === "hidden") unobservable(answer.exchange, "headers hidden from the page script that made the capture");
        if (verdict.kind !== "missing") return;
        tell({
          on: answer,
          say: say.missing(answer.exchange.response.status),
          place: { kind: "header", name: "Retry-After" },
          expected: "Retry-After",
          found: "no such header",
          row: verdict.row,
        });
      },
    };
  },
};
