import type { Asks } from "../../ask.ts";
import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, Probe } from "../../probe.ts";
import { badMethodRows, namesOf, rowsWithAny } from "../aims.ts";
import { aReadOfOne } from "../choice.ts";
import { askerOf, makeAsk, noAccount, nobodys } from "../make-ask.ts";
import { withNewKey } from "../with-new-key.ts";
import { fewestMethods, methodsOf } from "./methods-of.ts";

export const unsupported: Probe = {
  id: "method/unsupported",
  summary: "methods that the plan does not list for an address: writes with an id that nobody has, and methods that only read",
  needs: "a GET request that names something or needs a credential",
  *ask(asking) {
    const list = asking.plan.requests.find(
      (request) => request.method === "GET" && request.parameters.length === 0 && !asking.isPublic(request),
    );
    const one = fewestMethods(asking) ?? aReadOfOne(asking);
    if (one === undefined && list === undefined) {
      const skip = "no GET in the plan that names something or needs a credential";
      yield { skip, aims: namesOf(rowsWithAny(asking, 405)) };
      return;
    }
    if (one !== undefined) yield* onNobodys(asking, one);
    if (list !== undefined) yield* onList(asking, list);
  },
};

function* onNobodys(asking: Asking, request: PlannedRequest): Asks {
  const as = askerOf(asking);
  if (as === undefined) yield noAccount;
  // Where no masking promises that nothing is there, a write could make something, or be content with what it finds.
  else if (asking.resourcesOf(request).length > 0)
    for (const method of untriedMethods(methodsOf(asking, request))) {
      const at = { method, purpose: `${method}, which is not listed`, level: 1, as, mustFail: true } as const;
      const filled = withNewKey(asking, { ...request, method }, nobodys(asking, request));
      yield makeAsk(filled, { ...at, aims: namesOf(badMethodRows(asking, request, method)) });
    }
  // Who serves TRACE sends back what it was sent: no credential then. HTTP lets a server do so.
  const aims = namesOf(badMethodRows(asking, request, "TRACE"));
  yield makeAsk(nobodys(asking, request), { method: "TRACE", purpose: "TRACE, no credential", level: 1, as: "anonymous", aims });
}

/**
 * Where nothing can be missing, the method alone is at fault: one that only reads (RFC 4918). What is for everybody is left alone: a health check
 * often answers whatever it is asked by, and a write may be one that the plan only does not list.
 */
function* onList(asking: Asking, closed: PlannedRequest): Asks {
  const as = askerOf(asking);
  if (as === undefined) return;
  const aims = namesOf(badMethodRows(asking, closed, "PROPFIND"));
  yield makeAsk(nobodys(asking, closed), { method: "PROPFIND", purpose: "PROPFIND, which is not listed", level: 1, as, aims });
}

function untriedMethods(listed: ReadonlySet<string>): string[] {
  return ["DELETE", "PUT", "PATCH"].filter((method) => !listed.has(method)).slice(0, 2);
}
