import { messages, type Rule } from "../../src/model/rule.ts";
import { listed, plainly, quoted } from "../../src/syntax/wording.ts";
import { acceptedBy, isMalformed, placeOf } from "../../src/traffic/table.ts";

const say = messages({
  missing: (error: string, accepted: string) => `The error ${error} has no param: the contract gives it ${accepted}.`,
  forbidden: (error: string, param: string) => `The error ${error} has the param ${param}: the contract gives it none.`,
  unknown: (error: string, param: string, accepted: string) =>
    `The error ${error} has the param ${param}: the contract gives it ${accepted}.`,
});

export const paramMismatch: Rule = {
  id: "pairing/param-mismatch",
  summary: "an error's param is not one that its row may have",
  severity: "error",
  needs: "exchange",
  advice: "Name in param the field that the contract's row names, and none where it names none.",
  watch({ contract, tell }) {
    return {
      error(answer) {
        for (const meeting of answer.meetings) {
          if (meeting.kind !== "refused" || meeting.step !== "param" || meeting.object === undefined) continue;
          const { object, before } = meeting;
          if (isMalformed(contract, answer, object, "param")) continue;
          const param = object.role("param")?.value;
          const error = listed(before.map((row) => row.name));
          const accepted = acceptedBy(before, "param");
          const note =
            param === undefined
              ? say.missing(error, accepted)
              : before.every((row) => row.param.kind === "absent")
                ? say.forbidden(error, quoted(param))
                : say.unknown(error, quoted(param), accepted);
          tell({
            on: answer,
            say: note,
            place: placeOf(object, "param"),
            expected: accepted,
            found: quoted(param),
            detail: plainly(param),
          });
        }
      },
    };
  },
};
