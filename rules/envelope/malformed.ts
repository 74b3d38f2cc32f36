import type { Envelope, ErrorAnswer, ErrorObject, Role, SchemaFault } from "../../src/model/contract.ts";
import { messages, type Rule, type Telling } from "../../src/model/rule.ts";
import { resolvePointer, splitPointer } from "../../src/syntax/json-pointer.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { objectsOf, whyUnreadable } from "../../src/traffic/error-body.ts";
import { frameworkDefault } from "../../src/traffic/framework-default.ts";

const say = messages({
  missing: (member: string) => `The error has no ${member}, which the contract requires.`,
  null: (member: string) => `The optional ${member} is null; leaving it out says the same, and every client copes with that.`,
  "wrong-type": (member: string, found: string, expected: string) => `The ${member} is ${found}: it ${expected}.`,
  "wrong-value": (member: string, found: string, expected: string) => `The ${member} is ${found}: it ${expected}.`,
  blank: (member: string) => `The ${member} is blank: a person who meets this error learns nothing.`,
  placeholder: (member: string, found: string) => `The ${member} is ${found}: a placeholder, not a sentence for a person.`,
});

const placeholders = /^(?:string|undefined|null|none|nan|error|message|todo|lorem ipsum.*|\[object \w+\])$/i;

export const malformed: Rule = {
  id: "envelope/malformed",
  summary: "a member of the error object is missing, of the wrong JSON type, or blank",
  severity: "error",
  needs: "exchange",
  advice: "Build every error from one type that holds the required members, and serialise that.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway } = answer;
        if (gateway !== undefined || envelope === undefined) return;
        if (!answer.readable) return unobservable(exchange, whyUnreadable(answer));
        const faults = contract.schemaFaults(answer).filter((fault) => !isNullRole(fault, answer));
        const messageAtFault = faults.some((fault) => fault.role === "message");
        const told = objectsOf(answer).flatMap((object) => [
          ...nullsOf(object, envelope),
          ...(messageAtFault ? [] : emptyMessageOf(object)),
        ]);
        for (const part of [...faults.map((fault) => describe(fault, answer, envelope)), ...told]) tell({ on: answer, ...part });
      },
    };
  },
};

/** A role that is null is absent: told as missing where it is required, whatever else the schema asks of it. */
function isNullRole({ role, keyword, pointer }: SchemaFault, { exchange }: ErrorAnswer): boolean {
  const parsed = exchange.response.body.json();
  return role !== undefined && keyword !== "required" && parsed.ok && resolvePointer(parsed.value, pointer) === null;
}

type Part = Omit<Telling, "on">;

function describe(fault: SchemaFault, answer: ErrorAnswer, { members }: Envelope): Part {
  const parsed = answer.exchange.response.body.json();
  const [, header] = /^header (.+)$/.exec((fault.role && members[fault.role]?.[0]) ?? "") ?? [];
  const value = header === undefined && parsed.ok ? resolvePointer(parsed.value, fault.pointer) : undefined;
  const member = header === undefined ? memberAt(fault.pointer) : `header ${header}`;
  const place = header === undefined ? ({ kind: "body", pointer: fault.pointer } as const) : ({ kind: "header", name: header } as const);
  const at = { place, found: quoted(value), detail: `${header ?? fault.pointer.replace(/\/[0-9]+(?=\/|$)/g, "/*")} ${fault.keyword}` };
  if (fault.keyword === "required") {
    const author = frameworkDefault(answer.exchange.response);
    const hint = author !== undefined && { advice: `This is ${author.framework}'s own error body. ${author.advice}` };
    return { ...at, ...hint, say: say.missing(member), expected: member };
  }
  const note = fault.keyword === "type" ? say["wrong-type"] : say["wrong-value"];
  return { ...at, say: note(member, quoted(value), fault.expected), expected: fault.expected };
}

/** The optional members that are there, and null. */
function nullsOf(object: ErrorObject, { members, required }: Envelope): Part[] {
  return (Object.entries(members) as [Role, readonly string[]][]).flatMap(([role, sources]) => {
    if (required.includes(role) || object.role(role) !== undefined) return [];
    const source = sources.find((each) => each.startsWith("/") && resolvePointer(object.value, each) === null);
    if (source === undefined) return [];
    const pointer = object.pointer + source;
    const member = memberAt(pointer);
    const expected = "a value, or no such member";
    return [{ place: { kind: "body", pointer }, say: say.null(member), expected, found: "null", detail: member, severity: "note" }];
  });
}

/** The message, where it says nothing. */
function emptyMessageOf(object: ErrorObject): Part[] {
  const message = object.role("message");
  if (typeof message?.value !== "string") return [];
  const text = message.value.trim();
  const isPlaceholder = placeholders.test(text) || text === object.role("code")?.value || text === object.role("type")?.value;
  if (text !== "" && !isPlaceholder) return [];
  const member = message.place.kind === "body" ? memberAt(message.place.pointer) : "message";
  return [
    {
      place: message.place,
      say: text === "" ? say.blank(member) : say.placeholder(member, quoted(text)),
      expected: "a sentence for a person",
      found: quoted(message.value),
      detail: member,
      severity: "warning",
      advice: "Say in the message what went wrong and what the caller can do about it.",
    },
  ];
}

function memberAt(pointer: string): string {
  return pointer === "" ? "body" : `member ${quoted(splitPointer(pointer).at(-1))}`;
}
