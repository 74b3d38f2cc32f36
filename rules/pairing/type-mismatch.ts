import type { Json } from "../../src/model/json.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { nearestName, sameButSpelling } from "../../src/syntax/nearest.ts";
import { listed, plainly, quoted } from "../../src/syntax/wording.ts";
import { acceptedBy, isMalformed, placeOf, statusesOf } from "../../src/traffic/table.ts";

const say = messages({
  missing: (status: number, accepted: string) => `The ${status} has no type: the contract gives it ${accepted}.`,
  forbidden: (status: number, type: string) => `The ${status} has the type ${type}: the contract gives it none.`,
  unknown: (type: string, plain: string, near: string | undefined) =>
    near === undefined
      ? `${type} is not one of the contract's types.`
      : sameButSpelling(plain, near)
        ? `${type} is not how the contract spells its type ${near}: a client that compares exactly does not know it.`
        : `${type} is not one of the contract's types; the nearest is ${near}.`,
  "wrong-for-status": (status: number, type: string, owners: string, accepted: string) =>
    `A ${status} may not have the type ${type}, which belongs to ${owners}: the contract gives it ${accepted}.`,
});

export const typeMismatch: Rule = {
  id: "pairing/type-mismatch",
  summary: "an error's type is not one that its status may have",
  severity: "error",
  needs: "exchange",
  advice: "Give every error a status and a type that stand in one row of the contract.",
  watch({ contract, tell }) {
    const known = contract.types ?? contract.rows.flatMap((row) => row.type.values.map(String));
    return {
      error(answer) {
        const { status } = answer.exchange.response;
        for (const meeting of answer.meetings) {
          if (meeting.kind !== "refused" || meeting.step !== "type" || meeting.object === undefined) continue;
          if (isMalformed(contract, answer, meeting.object, "type")) continue;
          const type = meeting.object.role("type")?.value;
          const owners = contract.rows.filter((row) => row.type.kind !== "any" && row.type.accepts(type));
          const takesAny = meeting.before.some((row) => row.type.kind === "any");
          const accepted = takesAny ? listed(known) : acceptedBy(meeting.before, "type");
          tell({
            on: answer,
            say: describe(status, type, accepted, owners.length === 0 ? undefined : statusesOf(owners)),
            place: placeOf(meeting.object, "type"),
            expected: accepted,
            found: quoted(type),
            detail: plainly(type),
            isName: true,
          });
        }
      },
    };

    function describe(status: number, type: Json | undefined, accepted: string, owners: string | undefined) {
      if (type === undefined) return say.missing(status, accepted);
      if (accepted === "none") return say.forbidden(status, quoted(type));
      if (owners === undefined && !known.includes(plainly(type)))
        return say.unknown(quoted(type), plainly(type), nearestName(plainly(type), known));
      return say["wrong-for-status"](status, quoted(type), owners ?? "no status", accepted);
    }
  },
};
