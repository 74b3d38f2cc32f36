import { messages, type Rule } from "../../src/model/rule.ts";

const say = messages({
  invalid: (status: number) => `A request was answered with ${status}, which is no HTTP status: they end at 599.`,
});

export const statusInvalid: Rule = {
  id: "http/status-invalid",
  summary: "the status is none of HTTP's",
  severity: "error",
  needs: "exchange",
  advice: "Answer with a status of the contract; what it cannot say belongs in the code.",
  watch({ tell }) {
    return {
      // An answer out of HTTP's range is no answer to judge; tools have numbers of their own as well, for requests that failed.
      unanswered(exchange) {
        const { status, headers } = exchange.response;
        if (status < 600 || headers.lines().length === 0) return;
        tell({
          on: exchange,
          say: say.invalid(status),
          place: { kind: "status" },
          expected: "a status from 400 to 599",
          found: String(status),
        });
      },
    };
  },
};
