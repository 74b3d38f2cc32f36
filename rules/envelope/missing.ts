import type { Envelope } from "../../src/model/contract.ts";
import { isObject, type Json } from "../../src/model/json.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { appendPointer, splitPointer } from "../../src/syntax/json-pointer.ts";
import { listed, pointed, quoted } from "../../src/syntax/wording.ts";
import { kindOfBody, promisesJson, whyUnreadable } from "../../src/traffic/error-body.ts";
import { frameworkDefault } from "../../src/traffic/framework-default.ts";

const say = messages({
  empty: (status: number) => `The ${status} has no body: a client learns nothing beyond the status.`,
  framework: (status: number, framework: string) => `The ${status}'s body is ${framework}'s own, without the contract's error object.`,
  elsewhere: (status: number, found: string, promised: string) =>
    `The ${status}'s error object stands at ${found}; the contract puts it at ${promised}.`,
  absent: (status: number, promised: string) => `The ${status}'s body has no error object at ${promised}.`,
});

export const missing: Rule = {
  id: "envelope/missing",
  summary: "the error object is not where the contract puts it",
  severity: "error",
  needs: "exchange",
  advice: "Send the error object in every error answer, at the place the contract names.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway } = answer;
        if (gateway !== undefined || envelope === undefined || !promisesJson(envelope)) return;
        if (!answer.readable) return unobservable(exchange, whyUnreadable(answer));
        const { response } = exchange;
        const kind = kindOfBody(response);
        if (answer.pointer !== undefined || (kind !== "json" && kind !== "empty")) return;
        const promised = listed(envelope.pointers.map(pointed));
        const parsed = response.body.json();
        const body = parsed.ok ? parsed.value : undefined;
        const author = frameworkDefault(response);
        const elsewhere = body === undefined ? undefined : findElsewhere(body, envelope);
        tell({
          on: answer,
          say:
            kind === "empty"
              ? say.empty(response.status)
              : author !== undefined
                ? say.framework(response.status, author.framework)
                : elsewhere !== undefined
                  ? say.elsewhere(response.status, pointed(elsewhere), promised)
                  : say.absent(response.status, promised),
          place: { kind: "body", pointer: elsewhere ?? "" },
          expected: `an error object at ${promised}`,
          found: kind === "empty" ? "no body" : quoted(body),
          detail: [response.status, author?.framework ?? elsewhere ?? ""].join(" "),
          ...(author !== undefined && { advice: author.advice }),
        });
      },
    };
  },
};

/** The first object, at most three steps deep, that holds every required member under its name. Lists are looked at by their first element. */
function findElsewhere(body: Json, { required, members }: Envelope): string | undefined {
  const names = required.flatMap((role) => (members[role] ?? []).slice(0, 1)).filter((source) => source.startsWith("/"));
  if (names.length === 0) return undefined;
  let level: (readonly [pointer: string, value: Json])[] = [["", body]];
  for (let depth = 0; depth <= 3; depth++) {
    for (const [pointer, value] of level)
      if (isObject(value) && names.every((name) => Object.hasOwn(value, splitPointer(name)[0] ?? ""))) return pointer;
    level = level
      .flatMap(([pointer, value]) => childrenOf(value).map(([token, child]) => [appendPointer(pointer, token), child] as const))
      .slice(0, 200);
  }
  return undefined;
}

function childrenOf(value: Json): (readonly [string | number, Json])[] {
  if (Array.isArray(value)) return value.slice(0, 1).map((first: Json) => [0, first]);
  return isObject(value) ? Object.entries(value).slice(0, 50) : [];
}
