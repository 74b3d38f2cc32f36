import type { ErrorObject } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { plainly, quoted } from "../../src/syntax/wording.ts";
import { objectsOf, whyUnreadable } from "../../src/traffic/error-body.ts";
import { namesIn, stepsOf } from "../../src/traffic/request-names.ts";

const say = messages({
  unknown: (param: string) =>
    `The error blames the parameter ${param}, but the request has none of that name in path, query, headers or body.`,
});

/** The error is about something that is not there: it cannot be found, and need not. */
const speaksOfAbsence =
  /missing|required|absent|omitted|empty|blank|not (?:be |been )?(?:given|set|sent|supplied|provided|present|specified)|must (?:be (?:given|set|sent|supplied|provided|present|specified)|have|include|contain)/i;

export const paramUnknown: Rule = {
  id: "envelope/param-unknown",
  summary: "param names nothing in the request",
  severity: "note",
  needs: "exchange",
  advice: "Name the parameter as the caller wrote it, not as the server's own code calls it.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway } = answer;
        if (gateway !== undefined || envelope?.members.param === undefined) return;
        if (!answer.readable) return unobservable(exchange, whyUnreadable(answer));
        const blamed = objectsOf(answer).filter((object) => typeof object.role("param")?.value === "string" && !tellsOfAbsence(object));
        if (blamed.length === 0) return;
        const names = namesIn(exchange.request, answer.operations);
        if (typeof names === "string") return unobservable(exchange, names);
        for (const object of blamed) {
          const param = object.role("param");
          const steps = stepsOf(String(param?.value));
          if (param === undefined || steps.length === 0 || steps.some((step) => names.has(step))) continue;
          tell({
            on: answer,
            say: say.unknown(quoted(param.value)),
            place: param.place,
            expected: "a name from the request",
            found: quoted(param.value),
            detail: plainly(param.value),
          });
        }
      },
    };
  },
};

function tellsOfAbsence(object: ErrorObject): boolean {
  return (["code", "message"] as const).some((role) =>
    speaksOfAbsence.test(plainly(object.role(role)?.value ?? "", 2_000).replaceAll("_", " ")),
  );
}
