import type { PlannedRequest } from "../../plan/plan.ts";
import type { Asking, FilledRequest } from "../../probe.ts";

/** A GET that a limit counts, made concrete. */
export interface Read {
  readonly planned: PlannedRequest;
  readonly request: FilledRequest;
}

/** An account's reads, the cheapest first: one of its own things by the shortest path, then lists. What is public is counted to nobody. */
export function readsOf(asking: Asking, account: string): Read[] {
  const weight = (request: PlannedRequest) => (asking.resourcesOf(request).length === 0 ? 1_000 : 0) + request.path.split("/").length;
  return asking.plan.requests
    .filter((request) => request.method === "GET" && !asking.isPublic(request))
    .sort((a, b) => weight(a) - weight(b))
    .flatMap((planned) => {
      const request = asking.own(planned, account);
      return "lacks" in request ? [] : [{ planned, request }];
    });
}

/** The operation by which a request is counted, where each has a limit of its own. */
export function routeOf(asking: Asking, { planned }: Read): string {
  return asking.operationsOf(planned)[0]?.name ?? "other";
}
