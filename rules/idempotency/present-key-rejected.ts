import type { Row } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { meetingWhere } from "../../src/traffic/duty.ts";

const say = messages({
  rejected: (status: number, row: string, key: string) =>
    `The ${status} says that the key is missing (${row}), but the request carries it (${key}).`,
});

export const presentKeyRejected: Rule = {
  id: "idempotency/present-key-rejected",
  summary: "a key was sent, and the server says it is missing",
  severity: "error",
  needs: "exchange",
  advice: "See that the key reaches the check: proxies drop header fields, frameworks rename them.",
  watch({ contract, tell }) {
    const { idempotency } = contract;
    const missing = idempotency?.missing;
    if (idempotency === undefined || missing === undefined || !isItsOwn(missing)) return {};
    return {
      error(answer) {
        if (answer.gateway !== undefined || meetingWhere(answer, (row) => row === missing) === undefined) return;
        const { key, place } = idempotency.keyOf(answer.exchange.request);
        if (key === undefined || !idempotency.isValidKey(key)) return;
        const { status } = answer.exchange.response;
        tell({
          on: answer,
          say: say.rejected(status, missing.name, idempotency.keyText),
          place,
          expected: "the key to be seen",
          found: `${status} ${missing.name}`,
          row: missing,
        });
      },
    };
  },
};

/** Does the row mean a missing key and nothing else? One that every bad request meets does not, be its type its own. */
function isItsOwn({ code, param, type }: Row): boolean {
  if (code.kind === "literal" || param.kind === "literal") return true;
  return type.kind === "literal" && type.values.every((value) => /idempoten|key/i.test(String(value)));
}
