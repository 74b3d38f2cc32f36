import type { Contract, ErrorAnswer } from "../../src/model/contract.ts";
import type { Response } from "../../src/model/exchange.ts";
import { idempotencyProvision } from "../../src/model/provision.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { aboutRequest, absentKey, blamesOther } from "../../src/traffic/keys/key-duty.ts";

const say = messages({
  absent: (status: number, key: string) => `A request without its required key (${key}) was accepted with ${status}.`,
  empty: (status: number, key: string) => `A request whose required key (${key}) is empty was accepted with ${status}.`,
});

export const keyNotRequired: Rule = {
  id: "idempotency/key-not-required",
  summary: "a required idempotency key was absent and the request was accepted",
  severity: "error",
  needs: "exchange",
  advice: "Refuse the request before it acts: without the key a retry cannot be told from a second order.",
  watch({ contract, tell, unobservable, cover }) {
    if (contract.idempotency === undefined) return {};
    const row = contract.idempotency.missing ?? null;
    return {
      exchange(exchange, answer) {
        if (answer !== undefined) {
          const operation = row === null ? refusedOperation(contract, answer) : undefined;
          if (operation !== undefined) cover(exchange, idempotencyProvision(operation, "key"), "kept");
          return;
        }
        const absent = absentKey(contract, exchange);
        if (absent === undefined || !isAccepted(exchange.response, exchange.request.path)) return;
        if (absent === "unknown") return unobservable(exchange, "idempotency key not captured");
        const { status } = exchange.response;
        cover(exchange, idempotencyProvision(absent.operation, "key"), "broken");
        tell({
          on: exchange,
          say: absent.empty ? say.empty(status, absent.keyText) : say.absent(status, absent.keyText),
          place: absent.place,
          expected: row === null ? "a refusal" : `${row.status.text} ${row.name}`,
          found: String(status),
          row,
          provision: idempotencyProvision(absent.operation, "key"),
        });
      },
    };
  },
};

/** The operation that refused a request without its key, where the contract does not say with which row. */
function refusedOperation(contract: Contract, answer: ErrorAnswer) {
  const { status } = answer.exchange.response;
  if (answer.gateway !== undefined || !aboutRequest.has(status) || !answer.meetings.some(({ kind }) => kind === "met")) return undefined;
  const absent = absentKey(contract, answer.exchange);
  return absent === "unknown" || blamesOther(answer) ? undefined : absent?.operation;
}

/** A success, or a redirect that follows from one; not one that sends the request itself elsewhere, or the caller to a login. */
function isAccepted({ status, headers }: Response, path: string): boolean {
  if (status >= 200 && status < 300) return true;
  if (![301, 302, 303].includes(status)) return false;
  const location = headers.get("location") ?? "";
  return (
    !/log-?in|sign-?in|auth|sso/i.test(location) &&
    !location
      .replace(/[?#].*$/, "")
      .replace(/\/+$/, "")
      .endsWith(path.replace(/\/+$/, ""))
  );
}
