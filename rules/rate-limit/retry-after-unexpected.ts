import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { judgeRetryAfter } from "../../src/traffic/waits/retry-after-verdict.ts";

const say = messages({
  forbidden: (status: number) => `The ${status} invites a retry with Retry-After, which the contract forbids here.`,
  pointless: (status: number) => `The ${status} carries Retry-After, though by the contract it must not be retried.`,
});

export const retryAfterUnexpected: Rule = {
  id: "rate-limit/retry-after-unexpected",
  summary: "an answer that must not be retried invites a retry",
  severity: "warning",
  needs: "exchange",
  advice: "Send Retry-After only where waiting helps; many clients retry whenever they see it.",
  watch({ contract, tell }) {
    return {
      error(answer) {
        const verdict = judgeRetryAfter(answer, contract);
        if (verdict.kind !== "forbidden" && verdict.kind !== "pointless") return;
        const forbidden = verdict.kind === "forbidden";
        tell({
          on: answer,
          say: say[verdict.kind](answer.exchange.response.status),
          place: { kind: "header", name: "Retry-After" },
          expected: "no Retry-After",
          found: quoted(verdict.value),
          severity: forbidden ? "warning" : "note",
          row: verdict.row,
        });
      },
    };
  },
};
