import { messages, type Rule } from "../../src/model/rule.ts";
import { listed, plainly, quoted } from "../../src/syntax/wording.ts";
import { acceptedBy, placeOf, rowsFor } from "../../src/traffic/table.ts";

const say = messages({
  foreign: (error: string, here: string, owners: string) => `${here} answered with ${error}, which the contract keeps for ${owners}.`,
  "no-code": (error: string, here: string, owners: string, codes: string) =>
    `${here} answered with a ${error} without a code, which the contract keeps for ${owners}: its codes here are ${codes}.`,
});

export const wrongOperation: Rule = {
  id: "pairing/wrong-operation",
  summary: "an operation answered with an error that is not for it",
  severity: "error",
  needs: "exchange",
  advice: "Send the error that describes what went wrong here, or add the operation to the row's list.",
  watch({ contract, tell }) {
    return {
      error(answer) {
        const { status } = answer.exchange.response;
        const here = answer.operations[0]?.name ?? "An undeclared operation";
        for (const meeting of answer.meetings) {
          if (meeting.kind !== "refused" || meeting.step !== "operation") continue;
          const { object, before } = meeting;
          const type = object?.role("type")?.value;
          const code = object?.role("code")?.value;
          const error = type === undefined ? String(status) : `${status} ${plainly(type)}`;
          const owners = listed(
            before.flatMap((row) => row.operations ?? []).map((name) => (name === "other" ? "undeclared operations" : name)),
          );
          const coded = rowsFor(contract.rows, answer).filter(
            (row) => row.envelope === answer.envelope && row.status.has(status) && row.type.accepts(type),
          );
          tell({
            on: answer,
            say:
              code === undefined && coded.length > 0
                ? say["no-code"](error, here, owners, acceptedBy(coded, "code"))
                : say.foreign([error, code === undefined ? [] : quoted(code)].flat().join(" "), here, owners),
            place: object === undefined ? { kind: "status" } : placeOf(object, "code"),
            expected: `an error that ${answer.operations[0]?.name ?? "an undeclared operation"} may send`,
            found: listed(before.map((row) => row.name)),
            detail: plainly(code),
            isName: true,
          });
        }
      },
    };
  },
};
