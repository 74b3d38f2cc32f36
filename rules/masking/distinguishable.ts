import { refusalKind } from "../../src/model/masked-refusal.ts";
import { type ForeignRefusal, MaskedTraffic, type Refusal } from "../../src/model/masked-traffic.ts";
import type { Place } from "../../src/model/place.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { steadyTraits, type Trait, type Traits, traitsOf } from "../../src/syntax/answer-traits.ts";
import { requestShape } from "../../src/syntax/request-shape.ts";
import { listed, quoted } from "../../src/syntax/wording.ts";

const apartBy = (what: string) => (resource: string, foreign: string, missing: string) =>
  `Another account's ${resource} and one presumed missing are told apart by ${what}: ${foreign} against ${missing}.`;

const say = messages({
  status: apartBy("the status"),
  reason: apartBy("the reason phrase"),
  mediaType: apartBy("the media type"),
  type: apartBy("the error's type"),
  code: apartBy("the error's code"),
  param: apartBy("the error's param"),
  message: apartBy("the message"),
  headerNames: apartBy("the header fields that are sent"),
  headerValue: apartBy("the value of a header field"),
  cookieNames: apartBy("the cookies that are set"),
  members: apartBy("the body's members or their order"),
  echo: apartBy("whether the body repeats the id"),
  length: apartBy("the body's length without the id"),
});

/** What is kept of a refusal until all captures are read. */
interface Facts {
  readonly traits: Traits;
  /** Equal for requests that differ in the id alone. */
  readonly shape: string;
  readonly witness: Witness;
}

export const distinguishable: Rule = {
  id: "masking/distinguishable",
  summary: "another account's resource and a missing one are answered differently",
  severity: "error",
  needs: "accounts",
  advice: "Give both answers from one place in the code, by one look-up that is bound to the caller's account.",
  watch({ contract, tell, unobservable, remember, witness }) {
    if (contract.masking.length === 0) return {};
    const traffic = new MaskedTraffic<Facts>({ contract, remember });
    return {
      exchange(exchange, answer) {
        if (answer === undefined) return traffic.served(exchange);
        const resources = contract.resourcesOf(exchange.request);
        const resource = resources.at(-1);
        if (resource === undefined || !/^(?:masked|before)$/.test(refusalKind(contract, answer, resources))) return;
        if (exchange.account === undefined) return unobservable(exchange, "account unknown");
        const shape = requestShape(contract, exchange.request, resource.id);
        if (shape === undefined) return unobservable(exchange, "request body not captured");
        const place: Place = answer.readable ? { kind: "body", pointer: "" } : { kind: "status" };
        traffic.refused(answer, resource, { traits: traitsOf(answer, resource.id), shape, witness: witness(answer, place) });
      },
      end() {
        const missing = grouped(traffic.missing());
        for (const [key, foreign] of grouped(traffic.foreign())) {
          const others = missing.get(key) ?? [];
          const [first] = foreign;
          if (first === undefined || others.length === 0) continue;
          for (const { trait, ours, theirs } of differences(foreign, others))
            tell({
              on: first.facts.witness,
              say: say[noteOf(trait)](first.resource.masking.resource, shown(trait, ours, theirs), shown(trait, theirs, ours)),
              place: placeOf(trait),
              expected: shown(trait, theirs, ours),
              found: shown(trait, ours, theirs),
              detail: `${first.resource.masking.resource} ${trait}`,
              // Nothing in a capture proves that an id is missing.
              severity: "warning",
              row: first.resource.masking.answer,
              related: [...others.slice(0, 3).map(({ moment }) => moment.origin), ...first.proof],
            });
        }
      },
    };
  },
};

/** Refusals of one asker, server and resource whose requests are alike but for the id. */
function grouped<R extends Refusal<Facts>>(refusals: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const refusal of refusals) {
    const { account, resource, facts } = refusal;
    const key = JSON.stringify([facts.witness.server, account, resource.masking.resource, facts.shape]);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [refusal]);
    else group.push(refusal);
  }
  return groups;
}

/** The traits that are one thing in all foreign answers and another in all missing ones; what follows from a difference is left out. */
function differences(foreign: readonly ForeignRefusal<Facts>[], missing: readonly Refusal<Facts>[]) {
  const found: { trait: Trait; ours: string; theirs: string }[] = [];
  for (const trait of foreign[0]?.facts.traits.keys() ?? []) {
    // One answer to compare with teaches nothing of what varies by itself.
    if (missing.length < 2 && !steadyTraits.has(trait)) continue;
    const ours = constantOf(foreign, trait);
    const theirs = constantOf(missing, trait);
    if (ours !== undefined && theirs !== undefined && ours !== theirs) found.push({ trait, ours, theirs });
  }
  const has = (...traits: Trait[]) => found.some(({ trait }) => traits.includes(trait));
  if (has("status")) return found.filter(({ trait }) => trait === "status");
  // A role that only one of them has shows among the members too.
  const hasRoleAlone = found.some(({ trait, ours, theirs }) => /^(?:type|code|param|message)$/.test(trait) && (ours === "none" || theirs === "none"));
  const inBody = has("mediaType", "type", "code", "param", "message", "members");
  return found.filter(({ trait }) => {
    if (trait === "echo") return !inBody;
    if (trait === "members") return !hasRoleAlone;
    if (trait === "length") return !inBody && !has("echo");
    return noteOf(trait) !== "headerValue" || !has("headerNames");
  });
}

function constantOf(refusals: readonly Refusal<Facts>[], trait: Trait): string | undefined {
  const [first, ...rest] = refusals.map(({ facts }) => facts.traits.get(trait));
  return rest.every((value) => value === first) ? first : undefined;
}

function noteOf(trait: Trait): keyof typeof say {
  return trait.startsWith("header ") ? "headerValue" : (trait as keyof typeof say);
}

/** One side of a difference, for people; of header fields only those that the other side lacks. */
function shown(trait: Trait, value: string, other: string): string {
  if (trait.startsWith("header ")) return `${trait.slice(7)} ${quoted(value)}`;
  if (trait !== "headerNames") return quoted(value);
  const lacked = new Set(other.split(", "));
  return listed(value.split(", ").filter((name) => name !== "" && !lacked.has(name)), "and");
}

function placeOf(trait: Trait): Place {
  switch (noteOf(trait)) {
    case "status":
    case "reason":
      return { kind: "status" };
    case "mediaType":
      return { kind: "header", name: "Content-Type" };
    case "cookieNames":
      return { kind: "header", name: "Set-Cookie" };
    case "headerValue":
      return { kind: "header", name: trait.slice(7) };
    case "headerNames":
      return { kind: "exchange" };
    default:
      return { kind: "body", pointer: "" };
  }
}
