import type { Asks } from "../../ask.ts";
import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, Probe } from "../../probe.ts";
import { badMethodRows, missingRows, namesOf, rowsWithAny } from "../aims.ts";
import { aReadOfOne } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys } from "../make-ask.ts";
import { fewestMethods, methodsOf } from "./methods-of.ts";

export const unsupported: Probe = {
  id: "method/unsupported",
  summary: "methods that the plan does not list for an address: writes with an id that nobody has, and methods that only read",
  needs: "GET requests",
  *ask(asking) {
    const lists = asking.plan.requests.filter(({ method, parameters }) => method === "GET" && parameters.length === 0);
    const one = fewestMethods(asking) ?? aReadOfOne(asking);
    if (one === undefined && lists.length === 0) {
      yield { skip: "no GET in the plan", aims: namesOf(rowsWithAny(asking, 405)) };
      return;
    }
    if (one !== undefined) yield* onNobodys(asking, one);
    yield* onLists(asking, lists);
  },
};

function* onNobodys(asking: Asking, request: PlannedRequest): Asks {
  const as = askerOf(asking);
  const gone = missingRows(asking, request);
  if (as === undefined) yield noAccount;
  // Where no masking promises that nothing is there, a write could make something, or be content with what it finds.
  else if (asking.resourcesOf(request).length > 0)
    for (const method of untriedMethods(methodsOf(asking, request))) {
      const at = { method, purpose: `${method}, which is not listed`, level: 1, as, mustFail: true } as const;
      yield makeAsk(nobodys(asking, request), { ...at, aims: namesOf(badMethodRows(asking, request, method), gone) });
    }
  // Who serves TRACE sends back what it was sent: no credential then. HTTP lets a server do so.
  const rows = badMethodRows(asking, request, "TRACE");
  const aims = rows.length === 0 ? [] : namesOf(rows, gone, asking.contract.authentication.missing);
  yield makeAsk(nobodys(asking, request), { method: "TRACE", purpose: "TRACE, no credential", level: 1, as: "anonymous", aims });
}

/** Where nothing can be missing, the method alone is at fault: one that only reads (RFC 4918), and POST where nobody need say who he is. */
function* onLists(asking: Asking, lists: readonly PlannedRequest[]): Asks {
  const as = askerOf(asking);
  const [closed, open] = [false, true].map((isOpen) => lists.find((request) => asking.isPublic(request) === isOpen));
  if (closed !== undefined && as !== undefined) {
    const aims = namesOf(badMethodRows(asking, closed, "PROPFIND"));
    yield makeAsk(nobodys(asking, closed), { method: "PROPFIND", purpose: "PROPFIND, which is not listed", level: 1, as, aims });
  }
  if (open === undefined || methodsOf(asking, open).has("POST")) return;
  // A plan need not list all there is: only what the contract does not have either is refused.
  const aims = namesOf(badMethodRows(asking, open, "POST"));
  if (aims.length === 0 || asking.operationsOf({ ...open, method: "POST" }).length > 0) return;
  const at = { method: "POST", purpose: "POST, which is not listed", level: 1, as: "anonymous", mustFail: true } as const;
  yield makeAsk(nobodys(asking, open), { ...at, aims });
}

function untriedMethods(listed: ReadonlySet<string>): string[] {
  return ["DELETE", "PUT", "PATCH"].filter((method) => !listed.has(method)).slice(0, 2);
}
