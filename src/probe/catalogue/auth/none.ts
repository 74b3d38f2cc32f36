import type { Asks } from "../../ask.ts";
import type { Asking, Probe } from "../../probe.ts";
import { namesOf } from "../aims.ts";
import { isProtected, isRead } from "../choice.ts";
import { makeAsk, nobodys, ownOf } from "../make-ask.ts";
import { orSay } from "../or-say.ts";
import { emptyObjectFor, undeclared } from "./stranger-body.ts";

export const none: Probe = {
  id: "auth/none",
  summary: "each request without a credential; writes that the contract protects with an id that nobody has and an empty object",
  needs: "a contract with `authentication`",
  *ask(asking) {
    const { authentication } = asking.contract;
    if (!authentication.declared) {
      yield undeclared;
      return;
    }
    yield* orSay(askAll(asking), {
      skip: "no request in the plan needs a credential by the contract",
      aims: namesOf(authentication.missing),
    });
  },
};

function* askAll(asking: Asking): Asks {
  const { missing } = asking.contract.authentication;
  for (const request of asking.plan.requests) {
    if (asking.isPublic(request)) continue;
    const isDeclared = isProtected(asking, request);
    const aims = isDeclared ? namesOf(missing) : [];
    const at = { purpose: "no credential", as: "anonymous", aims } as const;
    if (isRead(request)) yield makeAsk(ownOf(asking, request), { ...at, level: 0 });
    // What the contract does not protect may well act.
    else if (isDeclared) yield makeAsk(nobodys(asking, request), { ...at, ...emptyObjectFor(request), level: 1, mustFail: true });
  }
}
