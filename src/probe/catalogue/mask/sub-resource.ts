import { withArticle } from "../../../syntax/wording.ts";
import type { Asks } from "../../ask.ts";
import type { Asking, Probe } from "../../probe.ts";
import { orSay } from "../or-say.ts";
import { askPairs } from "./ask-pairs.ts";
import { beyondBudget, isGet, isItself, requestsFor, type Stranding, strandings } from "./strangers.ts";
import { plain } from "./variants.ts";

export const subResource: Probe = {
  id: "mask/sub-resource",
  summary: "a stranger reads what stands below another account's resource, and below one that nobody has",
  needs: "two accounts, the first one's ids, and GET requests for what stands below a masked resource",
  *ask(asking) {
    if (asking.depth === "plain") {
      yield beyondBudget(asking);
      return;
    }
    for (const stranding of strandings(asking)) {
      if ("skip" in stranding) yield stranding;
      else yield* orSay(readBelow(asking, stranding), { skip: `no GET below ${withArticle(stranding.resource.resource)} in the plan` });
    }
  },
};

function* readBelow(asking: Asking, stranding: Stranding): Asks {
  const below = requestsFor(asking, stranding, isGet).filter((request) => !isItself(request, stranding));
  for (const request of [...below, ...parentsOf(asking, stranding)])
    for (const method of ["GET", "HEAD"]) yield* askPairs(asking, { stranding, request, method, variant: plain.name, level: 0 });
}

/** Reads of another masked resource below this one. */
function parentsOf(asking: Asking, { resource }: Stranding) {
  return asking.plan.requests.filter((request) => {
    const above = isGet(request.method) ? asking.resourcesOf(request).slice(0, -1) : [];
    return above.some((each) => each.resource === resource.resource);
  });
}
