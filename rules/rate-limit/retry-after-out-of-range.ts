import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { judgeRetryAfter } from "../../src/traffic/waits/retry-after-verdict.ts";

const say = messages({
  past: (value: string) => `Retry-After is ${value}, which was over when the answer was sent.`,
  zero: () => "Retry-After is 0: the answer turns the client away and asks it back at once.",
  below: (seconds: number, least: number) => `Retry-After says ${seconds} s; the contract promises ${least} s or more.`,
  above: (seconds: number, most: number) => `Retry-After says ${seconds} s; the contract promises ${most} s at most.`,
  beyondWindow: (seconds: number, window: number) =>
    `Retry-After says ${seconds} s, though the rate limit's window is only ${window} s long.`,
});

export const retryAfterOutOfRange: Rule = {
  id: "rate-limit/retry-after-out-of-range",
  summary: "the wait is none at all, already over, or longer or shorter than can be meant",
  severity: "warning",
  needs: "exchange",
  advice: "Announce the time until the next request will be served, rounded up to a whole second, never 0.",
  watch({ contract, tell }) {
    return {
      error(answer) {
        const verdict = judgeRetryAfter(answer, contract);
        const told = (() => {
          switch (verdict.kind) {
            case "past":
              return { say: say.past(quoted(verdict.value)), expected: "a moment to come", found: quoted(verdict.value) };
            case "zero":
              return { say: say.zero(), expected: "1 s or more", found: "0 s" };
            case "below":
              return {
                say: say.below(verdict.seconds, verdict.bound),
                expected: `${verdict.bound} s or more`,
                found: `${verdict.seconds} s`,
              };
            case "above":
              return {
                say: say.above(verdict.seconds, verdict.bound),
                expected: `${verdict.bound} s at most`,
                found: `${verdict.seconds} s`,
              };
            case "beyond-window":
              return {
                say: say.beyondWindow(verdict.seconds, verdict.bound),
                expected: `${verdict.bound} s at most`,
                found: `${verdict.seconds} s`,
              };
            default:
              return undefined;
          }
        })();
        if (told === undefined) return;
        const severity = verdict.kind === "below" || verdict.kind === "above" ? "error" : "warning";
        tell({ on: answer, place: { kind: "header", name: "Retry-After" }, severity, ...told });
      },
    };
  },
};
