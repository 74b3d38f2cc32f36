import { withArticle } from "../../../syntax/wording.ts";
import type { Probe } from "../../probe.ts";
import { readOf } from "../choice.ts";
import { makeAsk } from "../make-ask.ts";

export const options: Probe = {
  id: "method/options",
  summary: "OPTIONS of what belongs to another account, and of what nobody has",
  needs: "two accounts, the first one's ids of a masked resource, and a GET request for it",
  *ask(asking) {
    const { owner, stranger } = asking;
    const [resource] = asking.plan.resources;
    const request = resource && readOf(asking, resource);
    if (resource === undefined) {
      yield { skip: asking.contract.masking.length === 0 ? "the contract masks nothing" : "no masked resource in the plan" };
      return;
    }
    if (request === undefined) {
      yield { skip: `no GET of ${withArticle(resource.resource)} in the plan` };
      return;
    }
    if (owner === undefined || stranger === undefined) {
      yield { skip: "no second account in the plan" };
      return;
    }
    const at = { method: "OPTIONS", level: 0, as: { account: stranger }, group: `OPTIONS ${request.path}`, pair: 0 } as const;
    const pair = [
      ["foreign", "the first account's id", asking.own(request, owner)],
      ["missing", "nobody's id", asking.missing(request, stranger, "read")],
    ] as const;
    for (const [is, purpose, filled] of pair) yield makeAsk(filled, { ...at, purpose, target: { resource: resource.resource, is } });
  },
};
