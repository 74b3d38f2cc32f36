import { withArticle } from "../../../syntax/wording.ts";
import type { Asks } from "../../ask.ts";
import type { Asking } from "../../probe.ts";
import { aRead, readOf } from "../choice.ts";
import { askerOf, makeAsk, noAccount, ownOf } from "../make-ask.ts";

/** Reads one of each masked resource that an account has; where there are none, whatever there is to read. */
export function* askOwn(asking: Asking, account: string | undefined): Asks {
  const { resources } = asking.plan;
  for (const resource of resources) {
    const request = readOf(asking, resource);
    const target = { resource: resource.resource, is: "own" } as const;
    if (account === undefined) yield noAccount;
    else if (request === undefined) yield { skip: `no GET of ${withArticle(resource.resource)} in the plan` };
    else yield makeAsk(asking.own(request, account), { purpose: `${account}'s own`, level: 0, as: { account }, target });
  }
  if (resources.length > 0) return;
  const [request, as] = [aRead(asking), askerOf(asking)];
  if (request === undefined) yield { skip: "no GET in the plan" };
  else if (as === undefined) yield noAccount;
  else yield makeAsk(ownOf(asking, request), { purpose: "as it should be asked", level: 0, as });
}
