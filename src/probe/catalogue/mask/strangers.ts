import { withArticle } from "../../../syntax/wording.ts";
import type { Skip } from "../../ask.ts";
import type { PlannedRequest, PlannedResource } from "../../plan/plan.ts";
import type { Asking } from "../../probe.ts";

/** Two accounts, and something of the first's that the second must not see. */
export interface Stranding {
  readonly resource: PlannedResource;
  readonly owner: string;
  readonly stranger: string;
  /** The owner's, which stays as it is. */
  readonly id: string;
  /** The rows with which the stranger is refused. */
  readonly aims: readonly string[];
}

/** One for each masked resource, or what the plan lacks for it. Without two accounts nothing is known of masking. */
export function strandings(asking: Asking): (Stranding | Skip)[] {
  const { plan, contract, owner, stranger } = asking;
  if (contract.masking.length === 0) return [masksNothing];
  const rows = contract.masking.map(({ answer }) => answer.name);
  if (owner === undefined || stranger === undefined) return [{ skip: "masking needs two accounts in the plan", aims: rows }];
  if (plan.resources.length === 0) return [{ skip: "no masked resource in the plan", aims: rows }];
  return plan.resources.map((resource) => {
    const aims = [...new Set(contract.masking.flatMap((masking) => (masking.resource === resource.resource ? masking.answer.name : [])))];
    const id = resource.own[owner];
    return id === undefined ? { skip: `no ${resource.resource} of ${owner}'s in the plan`, aims } : { resource, owner, stranger, id, aims };
  });
}

/** The planned requests that address a resource, those with the shortest paths first; `isOf` says which methods. */
export function requestsFor(asking: Asking, { resource }: Stranding, isOf: (method: string) => boolean): PlannedRequest[] {
  return asking.plan.requests
    .filter(
      (request) => isOf(request.method) && !asking.isPublic(request) && asking.resourcesOf(request).at(-1)?.resource === resource.resource,
    )
    .sort((a, b) => a.path.length - b.path.length);
}

/** Does the path end with the resource, so that it is what is asked for, and not something below it? */
export function isItself({ path }: PlannedRequest, { resource: { parameter } }: Stranding): boolean {
  return parameter === undefined || path.split("?", 1)[0]?.endsWith(`{${parameter}}`) === true;
}

export function noGetOf({ resource: { resource }, aims }: Stranding): Skip {
  return { skip: `no GET of ${withArticle(resource)} in the plan`, aims };
}

export function isGet(method: string): boolean {
  return method === "GET";
}

const masksNothing: Skip = { skip: "the contract masks nothing" };

/** What is asked only where the budget has room for it. A larger one is of no use where nothing is masked. */
export function beyondBudget({ contract }: Asking, what = "all variants and methods need"): Skip {
  return contract.masking.length === 0 ? masksNothing : { skip: `${what} a larger budget (--max-requests)` };
}
