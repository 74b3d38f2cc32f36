import type { Contract, ErrorAnswer, Masking, Resource } from "../../src/model/contract.ts";
import { maskingProvision } from "../../src/model/provision.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { decodePercent } from "../../src/syntax/percent-encoding.ts";
import { withArticle } from "../../src/syntax/wording.ts";
import { refusalKind } from "../../src/traffic/masking/masked-refusal.ts";
import { maskedTraffic } from "../../src/traffic/masking/masked-traffic.ts";

const say = messages({
  foreign: (status: number, resource: string, promised: string) =>
    `Another account's ${resource} was refused with ${status}; the contract promises a ${promised}, as for one that does not exist.`,
  anotherResource: (resource: string, other: string) =>
    `A request for ${withArticle(resource)} was answered with what is promised for ${withArticle(other)}.`,
});

export const wrongAnswer: Rule = {
  id: "masking/wrong-answer",
  summary: "the refusal of a masked resource is not the answer the contract promises",
  severity: "error",
  needs: "accounts",
  advice: "Check whose the resource is before its state, and answer with its own not-found row.",
  watch({ contract, tell, unobservable, cover, study, witness }) {
    if (contract.masking.length === 0) return {};
    const refusals = study(maskedTraffic).open<Witness>();
    return {
      error(answer) {
        const { exchange } = answer;
        const resources = contract.resourcesOf(exchange.request);
        const resource = resources.at(-1);
        if (resource === undefined) return;
        const other = answeredFor(contract, answer, resources);
        if (other !== undefined) {
          cover(exchange, maskingProvision(resource.masking), "broken");
          tell({
            on: answer,
            say: say.anotherResource(resource.masking.resource, other.resource),
            place: { kind: "status" },
            expected: resource.masking.answer.name,
            found: other.answer.name,
            detail: `${resource.masking.resource} ${other.resource}`,
            row: resource.masking.answer,
            provision: maskingProvision(resource.masking),
          });
        } else if (refusalKind(contract, answer, resources) !== "other") return;
        else if (exchange.account === undefined) unobservable(exchange, "account unknown");
        else refusals.note(answer, resource, () => witness(answer, { kind: "status" }));
      },
      end() {
        for (const { masking, facts, proof } of refusals.foreign()) {
          cover(facts, maskingProvision(masking), "broken");
          const promised = `${masking.answer.status.text} ${masking.answer.name}`;
          tell({
            on: facts,
            say: say.foreign(facts.status, masking.resource, promised),
            place: { kind: "status" },
            expected: promised,
            found: String(facts.status),
            detail: `${masking.resource} ${facts.status}`,
            row: masking.answer,
            provision: maskingProvision(masking),
            related: proof,
          });
        }
      },
    };
  },
};

/** The masked resource that an answer belongs to, where the request names no such thing: not in its path, its query or its body. */
function answeredFor(contract: Contract, answer: ErrorAnswer, resources: readonly Resource[]): Masking | undefined {
  const [meeting] = answer.meetings;
  const { request, response } = answer.exchange;
  if (response.status !== 404 || meeting?.kind !== "met" || request.body.state !== "empty") return undefined;
  if (resources.some(({ masking }) => masking.answer === meeting.row)) return undefined;
  const other = contract.masking.find(({ answer: row }) => row === meeting.row);
  const segments = request.path.split("/").map(decodePercent);
  const rest = `${segments.slice(segments.lastIndexOf(resources.at(-1)?.id ?? "") + 1).join("/")}?${request.query}`.toLowerCase();
  return other !== undefined && !rest.includes(other.resource.toLowerCase()) ? other : undefined;
}
