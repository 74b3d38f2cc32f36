import { maskingProvision } from "../../src/model/provision.ts";
import { messages, type Rule, type Watching, type Witness } from "../../src/model/rule.ts";
import { liveMasking } from "../../src/traffic/live-masking/live-masking.ts";
import { judgeLive, type LiveJudged, summariseLive } from "../../src/traffic/live-masking/verdicts.ts";
import { type Traits, traitsOf } from "../../src/traffic/masking/answer-traits.ts";
import { refusalKind } from "../../src/traffic/masking/masked-refusal.ts";
import { maskedTraffic, type Refusal } from "../../src/traffic/masking/masked-traffic.ts";
import { requestShape } from "../../src/traffic/masking/request-shape.ts";
import { differences, isHeaderValue, placeOfTrait, showTrait } from "../../src/traffic/masking/trait-differences.ts";
import { shortened } from "../../src/traffic/shortened.ts";

/** How the other one is known: in a capture nobody was served it, a live probe made it up. */
type Other = "one presumed missing" | "a missing one";

/** `where`: " in 8 pairs (HEAD /v1/courses/{course_id}, plain)", or nothing. */
const apartBy = (what: string) => (resource: string, foreign: string, missing: string, other: Other, where: string) =>
  `Another account's ${resource} and ${other} are told apart by ${what}: ${foreign} against ${missing}${where}.`;

const say = messages({
  status: apartBy("the status"),
  reason: apartBy("the reason phrase"),
  mediaType: apartBy("the media type"),
  type: apartBy("the error's type"),
  code: apartBy("the error's code"),
  param: apartBy("the error's param"),
  message: apartBy("the message"),
  headerNames: apartBy("the header fields that are sent"),
  headerOrder: apartBy("the order of the header fields"),
  headerValue: apartBy("the value of a header field"),
  cookieNames: apartBy("the cookies that are set"),
  cookies: apartBy("the attributes of the cookies that are set"),
  members: apartBy("the body's members or their order"),
  memberTypes: apartBy("the types of the body's members"),
  echo: apartBy("whether the body repeats the id"),
  length: apartBy("the body's length without the id"),
  answered: apartBy("whether there is an answer at all"),
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
  watch(watching) {
    const { contract, unobservable, cover, study, witness } = watching;
    if (contract.masking.length === 0) return {};
    const refusals = study(maskedTraffic).open<Facts>();
    const live = study(liveMasking);
    return {
      error(answer) {
        const { exchange } = answer;
        // The study compares what probes asked with whose ids they knew.
        if (exchange.probe?.live === true && exchange.probe.target !== undefined) return;
        const resources = contract.resourcesOf(exchange.request);
        const resource = resources.at(-1);
        if (resource === undefined || !/^(?:masked|before)$/.test(refusalKind(contract, answer, resources))) return;
        if (exchange.account === undefined) return unobservable(exchange, "account unknown");
        const shape = requestShape(contract, exchange.request, resource.id);
        if (shape === undefined) return unobservable(exchange, "request body not captured");
        refusals.note(answer, resource, () => {
          const seen = witness(answer, { kind: "body", pointer: "" });
          return { traits: traitsOf(answer, resource.id, seen.mask), shape, witness: seen };
        });
      },
      end() {
        const missing = grouped(refusals.missing());
        for (const [key, foreign] of grouped(refusals.foreign())) tellCaptured(watching, foreign, missing.get(key) ?? []);
        for (const { provision, groups, verdict, note } of summariseLive(judgeLive(live)))
          for (const judged of groups) {
            tellLive(watching, judged);
            // What another rule tells it covers as well.
            if (judged.verdict.kind !== "told") cover(judged.witness, provision, verdict, note);
          }
      },
    };
  },
};

function tellCaptured({ tell, cover }: Watching, foreign: readonly ForeignFacts[], others: readonly Refusal<Facts>[]): void {
  const [first] = foreign;
  if (first === undefined || others.length === 0) return;
  const apart = differences(foreign.map(traitsIn), others.map(traitsIn));
  // That no difference was seen proves nothing: nobody knows whether the others are missing.
  const verdict = apart.length > 0 ? "broken" : "not observable";
  for (const { facts, masking } of foreign) cover(facts.witness, maskingProvision(masking), verdict);
  for (const { trait, ours, theirs } of apart) {
    const [found, expected] = [showTrait(trait, ours, theirs), showTrait(trait, theirs, ours)];
    tell({
      on: first.facts.witness,
      say: say[isHeaderValue(trait) ? "headerValue" : trait](first.masking.resource, found, expected, "one presumed missing", ""),
      place: placeOfTrait(trait),
      expected,
      found,
      detail: `${first.masking.resource} ${trait}`,
      // Nothing in a capture proves that an id is missing.
      severity: "warning",
      row: first.masking.answer,
      provision: maskingProvision(first.masking),
      related: [...others.slice(0, 3).map(({ moment }) => moment.origin), ...first.proof],
    });
  }
}

function tellLive({ tell, unobservable }: Watching, { group, witness, pairs, verdict }: LiveJudged): void {
  if (verdict.kind === "inconclusive") unobservable(witness, verdict.why);
  if (verdict.kind !== "apart") return;
  const { resource, answer } = group.masking;
  const where = ` in ${pairs} pairs (${group.name})`;
  for (const { trait, ours, theirs, isSteady } of verdict.differences) {
    const show = (value: string, other: string) => (isSteady ? showTrait(trait, value, other) : value);
    const [found, expected] = [show(ours, theirs), show(theirs, ours)];
    tell({
      on: witness,
      say: say[isHeaderValue(trait) ? "headerValue" : trait](resource, found, expected, "a missing one", where),
      place: placeOfTrait(trait),
      expected,
      found,
      detail: `${resource} ${trait}`,
      row: answer,
      provision: maskingProvision(group.masking),
      related: [...group.pairs.values()].flatMap(({ missing }) => missing?.moment.origin ?? []).slice(0, 3),
    });
  }
}

type ForeignFacts = Refusal<Facts> & { readonly proof: readonly Witness["origin"][] };

const traitsIn = ({ facts }: Refusal<Facts>) => facts.traits;

/** Refusals of one asker, server and resource whose requests are alike but for the id. */
function grouped<R extends Refusal<Facts>>(refusals: readonly R[]): Map<string, R[]> {
  const groups = new Map<string, R[]>();
  for (const refusal of refusals) {
    const { account, masking, facts } = refusal;
    const key = [shortened(facts.witness.server), account, masking.resource, facts.shape].join("\n");
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [refusal]);
    else group.push(refusal);
  }
  return groups;
}
