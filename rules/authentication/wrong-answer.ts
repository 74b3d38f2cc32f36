import type { ErrorAnswer, Row } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { namedAnswer, strangerAnswer } from "../../src/traffic/authentication/stranger-answer.ts";
import { watchStrangers } from "../../src/traffic/authentication/watch-strangers.ts";
import { meetingWhere } from "../../src/traffic/duty.ts";

const say = messages({
  missing: (found: string, promised: string) => `A request without a credential was answered ${found}; the contract promises ${promised}.`,
  invalid: (found: string, promised: string) =>
    `A request with a credential that opens nothing was answered ${found}; the contract promises ${promised}.`,
  present: (row: string) => `The 401 says that the credential is missing (${row}), but the request carries one.`,
});

export const wrongAnswer: Rule = {
  id: "authentication/wrong-answer",
  summary: "a missing or bad credential is not answered as the contract promises",
  severity: "error",
  needs: "session",
  advice:
    "Answer every failed authentication at one place, with the contract's row; frameworks have a default of their own (403, a bare 401).",
  watch(watching) {
    const { contract, tell } = watching;
    const { missing, invalid } = contract.authentication;
    const { see, endTimeline } = watchStrangers(watching, ({ credential, answers }, _, answer) => {
      const [row] = answers;
      if (row === undefined || answer === undefined || strangerAnswer(contract, answer, answers) !== "other") return undefined;
      const found = namedAnswer(answer);
      return {
        say: say[credential === "none" ? "missing" : "invalid"](found, promiseOf(row)),
        place: { kind: "status" },
        expected: promiseOf(row),
        found,
        detail: found,
        row,
      };
    });
    return {
      error(answer) {
        see(answer.exchange, answer);
        if (missing === undefined || invalid === undefined || !saysOfPresent(missing, invalid, answer)) return;
        tell({
          on: answer,
          say: say.present(missing.name),
          place: { kind: "status" },
          expected: promiseOf(invalid),
          found: namedAnswer(answer),
          // What the request carries may be of a kind that the server does not take for a credential.
          severity: "warning",
          row: invalid,
        });
      },
      endTimeline,
    };
  },
};

const promiseOf = ({ status, name }: Row) => `${status.text} ${name}`;

/** Is a credential that was sent answered as one that is missing, where the contract has another row for a bad one? */
function saysOfPresent(missing: Row, invalid: Row, answer: ErrorAnswer): boolean {
  const { account, probe, response } = answer.exchange;
  if (invalid === missing || response.status !== 401 || account?.credential === undefined || probe !== undefined) return false;
  return meetingWhere(answer, (row) => row === missing) !== undefined;
}
