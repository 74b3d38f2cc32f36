import type { Envelope, ErrorObject } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { appendPointer, splitPointer } from "../../src/syntax/json-pointer.ts";
import { listed, quoted } from "../../src/syntax/wording.ts";
import { objectsOf, whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  unnamed: (name: string) => `The error object has the member ${name}, which the contract does not name.`,
});

export const extraMember: Rule = {
  id: "envelope/extra-member",
  summary: "the error object has a member that the contract does not name",
  severity: "off",
  needs: "exchange",
  advice: "Name the member in the contract, or stop sending it.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway } = answer;
        if (gateway !== undefined || envelope === undefined) return;
        if (!answer.readable) return unobservable(exchange, whyUnreadable(answer));
        const named = namesOf(envelope);
        for (const object of objectsOf(answer))
          for (const name of unnamedOf(object, named))
            tell({
              on: answer,
              say: say.unnamed(quoted(name)),
              place: { kind: "body", pointer: appendPointer(object.pointer, name) },
              expected: `only ${listed(named, "and")}`,
              found: quoted(name),
              detail: name,
            });
      },
    };
  },
};

/** The first members of an error object that have no name in the contract. */
function unnamedOf({ value }: ErrorObject, named: ReadonlySet<string>): string[] {
  return Object.keys(value)
    .filter((name) => !named.has(name))
    .slice(0, 20);
}

/** The first step of every role's place; a role that stands elsewhere in the body counts by its name too. */
function namesOf({ members }: Envelope): Set<string> {
  const pointers = Object.values(members).flatMap((sources) => sources.filter((source) => /^[#/]/.test(source)));
  return new Set(pointers.map((source) => splitPointer(source.replace(/^#/, ""))[0] ?? ""));
}
