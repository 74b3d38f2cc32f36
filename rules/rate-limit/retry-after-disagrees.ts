import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { judgeRetryAfter } from "../../src/traffic/waits/retry-after-verdict.ts";

const say = messages({
  disagrees: (seconds: number, where: string, named: number) => `Retry-After says ${seconds} s, but ${where} says ${named} s.`,
  beforeReset: (seconds: number, policy: string, reset: number) =>
    `Retry-After says ${seconds} s, but RateLimit says that ${policy} is spent for another ${reset} s.`,
});

const place = { kind: "header", name: "Retry-After" } as const;

export const retryAfterDisagrees: Rule = {
  id: "rate-limit/retry-after-disagrees",
  summary: "Retry-After and the wait that the answer names elsewhere differ",
  severity: "error",
  needs: "exchange",
  advice: "Compute the wait once, and write the same number everywhere.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        const verdict = judgeRetryAfter(answer, contract);
        if (verdict.kind === "undated") unobservable(answer.exchange, "Retry-After is a date, and the answer has no Date header");
        else if (verdict.kind === "disagrees")
          tell({
            on: answer,
            say: say.disagrees(verdict.seconds, verdict.where, verdict.named),
            place,
            expected: `${verdict.named} s, as ${verdict.where} says`,
            found: `${verdict.seconds} s`,
            detail: verdict.where,
          });
        else if (verdict.kind === "before-reset")
          tell({
            on: answer,
            say: say.beforeReset(verdict.seconds, quoted(verdict.policy), verdict.reset),
            place,
            expected: `${verdict.reset} s or more`,
            found: `${verdict.seconds} s`,
            detail: "RateLimit",
            severity: "warning",
          });
      },
    };
  },
};
