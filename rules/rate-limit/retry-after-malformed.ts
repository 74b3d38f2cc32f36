import { messages, type Rule } from "../../src/model/rule.ts";
import { waitFaults } from "../../src/syntax/retry-after.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { judgeRetryAfter } from "../../src/traffic/waits/retry-after-verdict.ts";

const say = messages({
  malformed: (value: string, fault: string) => `Retry-After is ${value}, which is ${fault}: a client cannot tell how long to wait.`,
  wrongForm: (value: string, promised: string) => `Retry-After is ${value}; the contract promises ${promised}.`,
  obsolete: (value: string) => `Retry-After is ${value}, a form of date that HTTP has retired and a client may no longer read.`,
});

const forms = { seconds: "a whole number of seconds", date: "an HTTP-date" } as const;
const place = { kind: "header", name: "Retry-After" } as const;

export const retryAfterMalformed: Rule = {
  id: "rate-limit/retry-after-malformed",
  summary: "Retry-After is neither a whole number of seconds nor an HTTP-date, or not the one the contract promises",
  severity: "error",
  needs: "exchange",
  advice: "Write the seconds to wait as digits and nothing else, or a date such as Sun, 06 Nov 1994 08:49:37 GMT.",
  watch({ contract, tell }) {
    return {
      error(answer) {
        const verdict = judgeRetryAfter(answer, contract);
        if (verdict.kind === "malformed")
          tell({
            on: answer,
            say: say.malformed(quoted(verdict.value), waitFaults[verdict.fault]),
            place,
            expected: `${forms.seconds} or ${forms.date}`,
            found: quoted(verdict.value),
            detail: verdict.fault,
            // Where the contract does not speak of the field, only HTTP's grammar is broken.
            severity: verdict.promised ? "error" : "warning",
          });
        else if (verdict.kind === "wrong-form")
          tell({
            on: answer,
            say: say.wrongForm(quoted(verdict.value), forms[verdict.promised]),
            place,
            expected: forms[verdict.promised],
            found: quoted(verdict.value),
          });
        else if (verdict.kind === "obsolete")
          tell({
            on: answer,
            say: say.obsolete(quoted(verdict.value)),
            place,
            expected: "a date such as Sun, 06 Nov 1994 08:49:37 GMT",
            found: quoted(verdict.value),
            severity: "warning",
          });
      },
    };
  },
};
