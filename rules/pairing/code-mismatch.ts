import type { Row } from "../../src/model/contract.ts";
import type { Json } from "../../src/model/json.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { nearestName } from "../../src/syntax/nearest.ts";
import { plainly, quoted } from "../../src/syntax/wording.ts";
import { acceptedBy, isMalformed, placeOf, rowsFor } from "../../src/traffic/table.ts";

const say = messages({
  missing: (error: string, accepted: string) => `The ${error} has no code: the contract gives it ${accepted}.`,
  forbidden: (error: string, code: string) => `The ${error} has the code ${code}: the contract gives it none.`,
  reserved: (error: string, code: string, owner: string) => `The ${error} has the code ${code}, which the contract keeps for ${owner}.`,
  unknown: (error: string, code: string, accepted: string, near: string | undefined) =>
    `The ${error} has the code ${code}, which is none of its codes (${accepted})${near === undefined ? "" : `; the nearest is ${near}`}.`,
  malformed: (error: string, code: string, form: string) => `The ${error} has the code ${code}, which lacks the promised form: ${form}.`,
});

export const codeMismatch: Rule = {
  id: "pairing/code-mismatch",
  summary: "an error's code is not one that its status and type may have",
  severity: "error",
  needs: "exchange",
  advice: "Send the code that the contract's row for this status and type names, and none where it names none.",
  watch({ contract, tell }) {
    return {
      error(answer) {
        for (const meeting of answer.meetings) {
          if (meeting.kind !== "refused" || meeting.step !== "code" || meeting.object === undefined) continue;
          const { object, before } = meeting;
          const own = rowsFor(before, answer);
          const meant = own.length > 0 ? own : before;
          if (isMalformed(contract, answer, object, "code")) continue;
          const code = object.role("code")?.value;
          const type = object.role("type")?.value;
          const error =
            type === undefined ? String(answer.exchange.response.status) : `${answer.exchange.response.status} ${plainly(type)}`;
          const others = contract.rows.filter((row) => row.envelope === answer.envelope);
          const said = describe(error, code, meant, others);
          tell({
            on: answer,
            say: said,
            place: placeOf(object, "code"),
            expected: acceptedBy(meant, "code"),
            found: quoted(code),
            detail: plainly(code),
            // What is built of a number is one fault, whatever the number.
            ...(said.note !== "malformed" && { isName: true }),
          });
        }
      },
    };
  },
};

function describe(error: string, code: Json | undefined, before: readonly Row[], others: readonly Row[]) {
  if (code === undefined) return say.missing(error, acceptedBy(before, "code"));
  const owner = others.find((row) => (row.code.kind === "literal" || row.code.kind === "pattern") && row.code.accepts(code));
  if (owner !== undefined) return say.reserved(error, quoted(code), `${owner.status.text} ${owner.type.text} (row ${owner.name})`);
  if (before.every((row) => row.code.kind === "absent")) return say.forbidden(error, quoted(code));
  const form = before.find((row) => row.code.kind === "pattern" && isNear(plainly(code), row.code.text));
  if (form !== undefined) return say.malformed(error, quoted(code), form.code.text);
  const named = before.flatMap((row) => row.code.values.map(String));
  return say.unknown(error, quoted(code), acceptedBy(before, "code"), nearestName(plainly(code), named));
}

/** Does a code begin as a pattern does, case and separators left out? `retry-after-x` is near to "matching ^retry_after_[0-9]+$". */
function isNear(code: string, patternText: string): boolean {
  const head = /^matching \^?([\w-]*)(?![*?{|])/.exec(patternText)?.[1] ?? "";
  const plain = (text: string) => text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return plain(head).length > 2 && plain(code).startsWith(plain(head));
}
