import type { Asks } from "../../ask.ts";
import type { Asking, Probe } from "../../probe.ts";
import { namesOf } from "../aims.ts";
import { aClosedRead, aProtectedWrite, isProtected } from "../choice.ts";
import { makeAsk, nobodys, ownOf } from "../make-ask.ts";
import { orSay } from "../or-say.ts";
import { withNewKey } from "../with-new-key.ts";
import { emptyObjectFor, undeclared } from "./stranger-body.ts";

export const invalid: Probe = {
  id: "auth/invalid",
  summary: "a random credential of the right look, on a read and on a write",
  needs: "a contract with `authentication`",
  *ask(asking) {
    const { authentication } = asking.contract;
    if (!authentication.declared) {
      yield undeclared;
      return;
    }
    yield* orSay(askBoth(asking), {
      skip: "no request in the plan needs a credential by the contract",
      aims: namesOf(authentication.invalid),
    });
  },
};

function* askBoth(asking: Asking): Asks {
  const { invalid: row } = asking.contract.authentication;
  for (const request of [aClosedRead(asking), aProtectedWrite(asking)]) {
    if (request === undefined) continue;
    const aims = isProtected(asking, request) ? namesOf(row) : [];
    const at = { purpose: "a credential that opens nothing", as: { madeUp: asking.madeUpCredential() }, aims };
    if (request.method === "GET") yield makeAsk(ownOf(asking, request), { ...at, level: 0 });
    else
      yield makeAsk(withNewKey(asking, request, nobodys(asking, request)), {
        ...at,
        ...emptyObjectFor(request),
        level: 1,
        mustFail: true,
      });
  }
}
