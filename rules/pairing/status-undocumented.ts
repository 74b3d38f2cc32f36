import type { Meeting, Row } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { listed, quoted } from "../../src/syntax/wording.ts";
import { statusesOf } from "../../src/traffic/table.ts";

const say = messages({
  undocumented: (status: number, documented: string) => `The contract documents no ${status} error: its errors are ${documented}.`,
  elsewhere: (status: number, error: string, owners: string) => `The contract documents no ${status} error: ${error} belongs to ${owners}.`,
  outside: (status: number, own: string, owners: string) =>
    `The contract documents a ${status} in the envelope ${owners}, but none in ${own}, in which this one came.`,
  condition: (status: number, rows: string) =>
    `A ${status} is documented only under a further condition, which this one does not meet: see ${rows}.`,
});

export const statusUndocumented: Rule = {
  id: "pairing/status-undocumented",
  summary: "the contract documents no error with this status",
  severity: "error",
  needs: "exchange",
  advice: "Answer with a documented status; or, if clients are to know this one, give it a row in the contract and in the documentation.",
  watch({ contract, tell }) {
    return {
      error(answer) {
        const { status } = answer.exchange.response;
        const meeting = answer.meetings.find(isRefused);
        if (meeting === undefined || answer.gateway !== undefined || answer.reveals !== undefined || (status >= 300 && status < 400))
          return;
        const at = { on: answer, place: { kind: "status" }, found: String(status), detail: String(status) } as const;
        const { before } = meeting;
        if (meeting.step === "when") {
          const rows = listed(before.map((row) => row.name));
          return tell({ ...at, say: say.condition(status, rows), expected: `${status} under the condition of ${rows}` });
        }
        // An answer is held against the rows of its own envelope alone.
        const outside = contract.rows.filter((row) => row.status.has(status) && row.envelope !== answer.envelope);
        if (outside.length > 0 && answer.envelope !== undefined) {
          const owners = listed(outside.map((row) => row.envelope.name));
          return tell({
            ...at,
            say: say.outside(status, answer.envelope.name, owners),
            expected: `${status} in the envelope ${owners}`,
            found: `${status} in the envelope ${answer.envelope.name}`,
            advice:
              "Answer in the envelope that the contract has for this error; or, if it comes in this one, give it a row of this envelope. A row that names none is of the first.",
          });
        }
        const documented = statusesOf(before.length > 0 ? before : contract.rows);
        const owners = ownersOf(meeting, contract.rows);
        const error = quoted((meeting.object?.role("code") ?? meeting.object?.role("type"))?.value);
        tell({
          ...at,
          say: owners.length > 0 ? say.elsewhere(status, error, statusesOf(owners)) : say.undocumented(status, documented),
          expected: documented,
        });
      },
    };
  },
};

type Refused = Extract<Meeting, { kind: "refused" }>;

function isRefused(meeting: Meeting): meeting is Refused {
  return meeting.kind === "refused" && (meeting.step === "status" || meeting.step === "when");
}

/** The rows that name this very error: its code, or its type where it has no code. */
function ownersOf({ object }: Refused, rows: readonly Row[]): Row[] {
  const type = object?.role("type")?.value;
  const code = object?.role("code")?.value;
  const role = code === undefined ? "type" : "code";
  const value = code ?? type;
  const named = rows.filter((row) => (row[role].kind === "literal" || row[role].kind === "pattern") && row[role].accepts(value));
  return named.filter((row) => row.type.accepts(type));
}
