import { rowsLeft } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { absentKey } from "../../src/traffic/key-duty.ts";

const say = messages({
  misanswered: (status: number, found: string, promised: string) =>
    `A request without its required key was answered ${status} (${found}); the contract promises ${promised}.`,
});

/** Statuses by which a server says that the request itself is incomplete. Others may come from a check that stands before the key's. */
const aboutRequest: ReadonlySet<number> = new Set([400, 412, 422, 428]);

export const missingKeyMisanswered: Rule = {
  id: "idempotency/missing-key-misanswered",
  summary: "a required idempotency key was absent and the answer is another error than the promised one",
  severity: "error",
  needs: "exchange",
  advice: "Check for the key yourself and answer with its own row; a framework's check for required headers knows neither type nor code.",
  watch({ contract, tell, unobservable }) {
    const row = contract.idempotency?.missing;
    if (row === undefined) return {};
    return {
      error(answer) {
        const { exchange, gateway } = answer;
        const absent = absentKey(contract, exchange);
        if (absent === undefined || gateway !== undefined) return;
        const rows = answer.meetings.flatMap(rowsLeft);
        if (rows.includes(row)) return;
        const { status } = exchange.response;
        if (status !== 500 && !aboutRequest.has(status)) return unobservable(exchange, "the order of checks is not declared");
        if (absent === "unknown") return unobservable(exchange, "idempotency key not captured");
        const objects = answer.meetings.flatMap(({ object }) => object ?? []);
        const param = objects[0]?.role("param")?.value;
        // Another parameter was at fault too, and was looked at first.
        if (param !== undefined && !/idempot|key/i.test(quoted(param, 200)))
          return unobservable(exchange, "the order of checks is not declared");
        const code = objects[0]?.role("code")?.value ?? objects[0]?.role("type")?.value;
        tell({
          on: answer,
          say: say.misanswered(status, code === undefined ? "without a code" : quoted(code), `${row.status.text} ${row.name}`),
          place: { kind: "status" },
          expected: `${row.status.text} ${row.name}`,
          found: rows.length === 1 && rows[0] ? `${status} ${rows[0].name}` : String(status),
          detail: `${status} ${rows.map(({ name }) => name).join(" ")}`,
          // A fault of the server may have any cause.
          severity: status === 500 ? "warning" : "error",
          row,
        });
      },
    };
  },
};
