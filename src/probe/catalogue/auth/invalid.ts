import type { Probe } from "../../probe.ts";
import { namesOf } from "../aims.ts";
import { aClosedRead, aProtectedWrite, isProtected } from "../choice.ts";
import { makeAsk, nobodys, ownOf } from "../make-ask.ts";
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
    for (const request of [aClosedRead(asking), aProtectedWrite(asking)]) {
      if (request === undefined) continue;
      const aims = isProtected(asking, request) ? namesOf(authentication.invalid) : [];
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
  },
};
