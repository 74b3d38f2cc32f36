import type { Ask, Asker, Skip } from "../ask.ts";
import type { PlannedRequest } from "../plan/plan.ts";
import type { Asking, Filled, Use } from "../probe.ts";

/** What an ask is beside its address. */
export type Rest = Omit<Ask, "method" | "path"> & { readonly method?: string };

/** A planned request as an ask; header lines of both are sent. Without a method of its own it has the planned one, and its body. */
export function makeAsk(filled: Filled, { method, headers = [], ...rest }: Rest): Ask | Skip {
  if ("lacks" in filled) return { skip: filled.lacks, aims: rest.aims ?? [] };
  const lines = [...filled.headers, ...headers];
  const own = method === undefined && filled.body !== undefined ? { body: filled.body } : {};
  return { method: method ?? filled.method, path: filled.path, headers: lines, ...own, ...rest };
}

/** Whoever asks where an account is called for: the first of the plan; nobody, where the contract knows no credentials. */
export function askerOf({ contract, owner }: Asking): Asker | undefined {
  if (owner !== undefined) return { account: owner };
  return contract.authentication.declared ? undefined : "anonymous";
}

export const noAccount: Skip = { skip: "no account in the plan" };

/** The request as its first account would make it. */
export function ownOf(asking: Asking, request: PlannedRequest): Filled {
  return asking.owner === undefined ? asking.fill(request, {}) : asking.own(request, asking.owner);
}

/**
 * The request with an id that nobody has: of its masked resources, or where there are none, in place of its last parameter. Without its body. `use`
 * is "read" only where the method that is sent reads [any].
 */
export function nobodys(asking: Asking, { body: _, ...planned }: PlannedRequest, use: Use = "write"): Filled {
  const request = { ...planned, body: undefined };
  const last = request.parameters.at(-1);
  const isMasked = asking.resourcesOf(request).length > 0;
  if (isMasked || last === undefined) return asking.missing(request, asking.owner, use);
  return asking.fill(request, { [last]: unlikelyId(asking) }, asking.owner);
}

/** An id of no API's look. */
export function unlikelyId(asking: Asking): string {
  return `~envelint~${asking.random(12)}`;
}
