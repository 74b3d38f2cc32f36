import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking } from "../../probe.ts";

/** The methods that the plan lists for a request's path. */
export function methodsOf({ plan }: Asking, { path }: PlannedRequest): ReadonlySet<string> {
  return new Set(plan.requests.filter((request) => request.path === path).map(({ method }) => method));
}

/** Of the GET requests that name a masked resource, the one whose path is listed with the fewest methods. */
export function fewestMethods(asking: Asking): PlannedRequest | undefined {
  const reads = asking.plan.requests.filter((request) => request.method === "GET" && asking.resourcesOf(request).length > 0);
  return [...reads].sort((a, b) => methodsOf(asking, a).size - methodsOf(asking, b).size)[0];
}
