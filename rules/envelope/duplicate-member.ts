import { messages, type Rule } from "../../src/model/rule.ts";
import { repeatedMembers } from "../../src/syntax/json-members.ts";
import { appendPointer } from "../../src/syntax/json-pointer.ts";
import { pointed, quoted } from "../../src/syntax/wording.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  repeated: (name: string, object: string) =>
    `The object at ${object} holds the member ${name} more than once: which one counts depends on the client's parser.`,
});

export const duplicateMember: Rule = {
  id: "envelope/duplicate-member",
  summary: "an object of the error body repeats a member name",
  severity: "warning",
  needs: "exchange",
  advice: "Serialise the error from one object instead of joining texts.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        if (answer.gateway !== undefined) return;
        if (!answer.readable) return unobservable(answer.exchange, whyUnreadable(answer));
        const { body } = answer.exchange.response;
        if (!body.json().ok) return;
        for (const { object, name } of repeatedMembers(body.text()))
          tell({
            on: answer,
            say: say.repeated(quoted(name), pointed(object)),
            place: { kind: "body", pointer: appendPointer(object, name) },
            expected: "each member once",
            found: `${quoted(name)} more than once`,
            detail: appendPointer(object, name).replace(/\/[0-9]+(?=\/|$)/g, "/*"),
          });
      },
    };
  },
};
