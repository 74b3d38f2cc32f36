import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { objectsOf, whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  differs: (inBody: number, status: number) => `The body names the status ${inBody}, but the answer's HTTP status is ${status}.`,
});

export const statusDisagrees: Rule = {
  id: "envelope/status-disagrees",
  summary: "the status repeated in the body differs from the HTTP status",
  severity: "error",
  needs: "exchange",
  advice: "Take the status in the body from the response that is sent, at the moment it is written.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway } = answer;
        if (gateway !== undefined || envelope?.members.status === undefined) return;
        if (!answer.readable) return unobservable(exchange, whyUnreadable(answer));
        const { status } = exchange.response;
        for (const object of objectsOf(answer)) {
          const repeated = object.role("status");
          const named = numberIn(repeated?.value);
          if (repeated === undefined || named === undefined || named === status) continue;
          tell({
            on: answer,
            say: say.differs(named, status),
            place: repeated.place,
            expected: String(status),
            found: quoted(repeated.value),
            detail: `${status} ${named}`,
          });
        }
      },
    };
  },
};

/** A number, or a string of digits; anything else is a matter of the envelope's schema. */
function numberIn(value: unknown): number | undefined {
  if (typeof value === "number") return value;
  return typeof value === "string" && /^[0-9]+$/.test(value) ? Number(value) : undefined;
}
