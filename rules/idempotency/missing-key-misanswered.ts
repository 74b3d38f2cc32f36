import { rowsLeft } from "../../src/model/contract.ts";
import { idempotencyProvision } from "../../src/model/provision.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { meetingWhere } from "../../src/traffic/duty.ts";
import { objectsOf } from "../../src/traffic/error-body.ts";
import { aboutRequest, absentKey, blamesOther } from "../../src/traffic/keys/key-duty.ts";

const say = messages({
  misanswered: (status: number, found: string, promised: string) =>
    `A request without its required key was answered ${status} (${found}); the contract promises ${promised}.`,
});

export const missingKeyMisanswered: Rule = {
  id: "idempotency/missing-key-misanswered",
  summary: "a required idempotency key was absent and the answer is another error than the promised one",
  severity: "error",
  needs: "exchange",
  advice: "Check for the key yourself and answer with its own row; a framework's check for required headers knows neither type nor code.",
  watch({ contract, tell, unobservable, cover }) {
    const row = contract.idempotency?.missing;
    if (row === undefined) return {};
    return {
      error(answer) {
        const { exchange, gateway } = answer;
        const absent = absentKey(contract, exchange);
        if (absent === undefined || gateway !== undefined) return;
        const rows = answer.meetings.flatMap(rowsLeft);
        const judged = (verdict: "kept" | "broken" | "not observable") => {
          if (absent !== "unknown") cover(exchange, idempotencyProvision(absent.operation, "key"), verdict);
        };
        if (rows.includes(row)) return judged(meetingWhere(answer, (each) => each === row) === undefined ? "not observable" : "kept");
        const { status } = exchange.response;
        if (status !== 500 && !aboutRequest.has(status)) return unobservable(exchange, "the order of checks is not declared");
        if (absent === "unknown") return unobservable(exchange, "idempotency key not captured");
        if (blamesOther(answer)) return unobservable(exchange, "the order of checks is not declared");
        const [object] = objectsOf(answer);
        const code = object?.role("code")?.value ?? object?.role("type")?.value;
        judged("broken");
        tell({
          on: answer,
          say: say.misanswered(status, code === undefined ? "without a code" : quoted(code), `${row.status.text} ${row.name}`),
          place: { kind: "status" },
          expected: `${row.status.text} ${row.name}`,
          found: rows.length === 1 ? `${status} ${rows[0]?.name}` : String(status),
          detail: `${status} ${rows.map(({ name }) => name).join(" ")}`,
          // A fault of the server may have any cause.
          severity: status === 500 ? "warning" : "error",
          row,
          provision: idempotencyProvision(absent.operation, "key"),
        });
      },
    };
  },
};
