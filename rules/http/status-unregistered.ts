import { messages, type Rule } from "../../src/model/rule.ts";
import { isRegisteredStatus } from "../../src/syntax/status-registry.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  unregistered: (status: number) =>
    `${status} is no registered status and no row of the contract has it: clients take it for a ${Math.floor(status / 100) * 100}.`,
});

export const statusUnregistered: Rule = {
  id: "http/status-unregistered",
  summary: "the status is neither registered nor in the contract",
  severity: "note",
  needs: "exchange",
  advice: "Use a registered status; or give this one a row in the contract and in the documentation.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway, readable } = answer;
        const { status } = exchange.response;
        if (isRegisteredStatus(status) || gateway !== undefined || contract.rows.some((row) => row.status.has(status))) return;
        // Networks in front of APIs have statuses of their own: whose this one is shows in the body.
        if (!readable) return unobservable(exchange, whyUnreadable(answer));
        tell({
          on: answer,
          say: say.unregistered(status),
          place: { kind: "status" },
          expected: "a registered status",
          found: String(status),
          detail: String(status),
          row: null,
        });
      },
    };
  },
};
