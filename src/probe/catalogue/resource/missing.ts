import { withArticle } from "../../../syntax/wording.ts";
import type { Probe } from "../../probe.ts";
import { badRequestRows, missingRows, namesOf } from "../aims.ts";
import { aReadOfOne, readOf } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys, unlikelyId } from "../make-ask.ts";

export const missing: Probe = {
  id: "resource/missing",
  summary: "an id that nobody has, of the right look and of a wrong one",
  needs: "a GET request with an id in its path",
  *ask(asking) {
    const as = askerOf(asking);
    if (as === undefined) {
      yield noAccount;
      return;
    }
    let isOddTried = false;
    for (const resource of asking.plan.resources) {
      const request = readOf(asking, resource);
      const target = { resource: resource.resource, is: "missing" } as const;
      if (request === undefined) {
        yield { skip: `no GET of ${withArticle(resource.resource)} in the plan` };
        continue;
      }
      const aims = missingRows(asking, request);
      yield makeAsk(nobodys(asking, request), { purpose: "nobody's id", level: 0, as, aims: namesOf(aims), target });
      const { parameter } = resource;
      if (parameter === undefined || isOddTried) continue;
      const filled = asking.fill(request, { [parameter]: unlikelyId(asking) }, asking.owner);
      const purpose = "an id of a wrong look";
      yield makeAsk(filled, { purpose, level: 0, as, aims: namesOf(aims, badRequestRows(asking, request)), target });
      isOddTried = asking.depth === "plain";
    }
    const other = asking.plan.resources.length === 0 ? aReadOfOne(asking) : undefined;
    if (asking.plan.resources.length === 0 && other === undefined) yield { skip: "no GET with an id in its path in the plan" };
    if (other !== undefined)
      yield makeAsk(nobodys(asking, other), { purpose: "nobody's id", level: 0, as, aims: namesOf(missingRows(asking, other)) });
  },
};
