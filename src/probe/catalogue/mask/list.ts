import { withArticle } from "../../../syntax/wording.ts";
import type { Asks } from "../../ask.ts";
import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, Probe } from "../../probe.ts";
import { orSay } from "../or-say.ts";
import { withNewKey } from "../with-new-key.ts";
import { askPairs } from "./ask-pairs.ts";
import { beyondBudget, isGet, type Stranding, strandings } from "./strangers.ts";

export const list: Probe = {
  id: "mask/list",
  summary: "a stranger names what is another account's in a query or a body, and what nobody has",
  needs: "two accounts, the first one's ids, and requests that name no masked resource in their path",
  *ask(asking) {
    if (asking.depth === "plain") {
      yield beyondBudget(asking);
      return;
    }
    for (const stranding of strandings(asking)) {
      if ("skip" in stranding) yield stranding;
      else
        yield* orSay(nameAs(asking, stranding), {
          skip: `no request in the plan could name ${withArticle(stranding.resource.resource)} elsewhere than in its path`,
        });
    }
  },
};

function* nameAs(asking: Asking, stranding: Stranding): Asks {
  const { parameter } = stranding.resource;
  if (parameter === undefined) return;
  const others = asking.plan.requests.filter((request) => !asking.isPublic(request) && asking.resourcesOf(request).length === 0);
  for (const request of others) {
    // What a filter finds, or that it finds nothing, has no row of its own.
    if (isGet(request.method)) yield* askPairs(asking, { stranding, ...inQuery(request, parameter), level: 0, aims: [] });
    else if (JSON.stringify(request.body ?? null).includes(`{${parameter}}`))
      yield* askPairs(asking, {
        stranding,
        request,
        variant: `with ${withArticle(parameter)} in the body`,
        level: 2,
        vary: (filled) => withNewKey(asking, request, filled),
      });
  }
}

function inQuery(request: PlannedRequest, parameter: string): { readonly request: PlannedRequest; readonly variant: string } {
  const path = `${request.path}${request.path.includes("?") ? "&" : "?"}${parameter}={${parameter}}`;
  const parameters = request.parameters.includes(parameter) ? request.parameters : [...request.parameters, parameter];
  return { request: { ...request, path, parameters }, variant: "filtered" };
}
