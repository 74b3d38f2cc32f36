import type { Probe } from "../../probe.ts";
import { badMethodRows, badRequestRows, namesOf, unknownRouteRows } from "../aims.ts";
import { aRead, aReadOfOne } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys } from "../make-ask.ts";
import { withNewKey } from "../with-new-key.ts";

export const unknownMethod: Probe = {
  id: "method/unknown",
  summary: "a method that HTTP does not have",
  needs: "a GET request",
  *ask(asking) {
    const as = askerOf(asking);
    // A path without an id is rather answered for its method.
    const request = asking.plan.requests.find(({ method, parameters }) => method === "GET" && parameters.length === 0);
    const chosen = request ?? aReadOfOne(asking) ?? aRead(asking);
    if (as === undefined) {
      yield noAccount;
      return;
    }
    if (chosen === undefined) {
      yield { skip: "no GET in the plan" };
      return;
    }
    // Where the contract has no row for it, it is a bad request like any other (RFC 9110 9.1: no server serves what it does not know).
    const own = badMethodRows(asking, chosen, "ENVELINT");
    // A 404 may be for the method only where nothing else is missing.
    const nowhere = chosen.parameters.length === 0 ? unknownRouteRows(asking) : [];
    const aims = namesOf(own.length > 0 ? own : [...badRequestRows(asking, chosen), ...nowhere]);
    const filled = withNewKey(asking, { ...chosen, method: "ENVELINT" }, nobodys(asking, chosen));
    yield makeAsk(filled, { method: "ENVELINT", purpose: "an unknown method", level: 1, as, aims });
  },
};
