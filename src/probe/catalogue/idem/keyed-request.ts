import type { Idempotency } from "../../../model/contract.ts";
import type { Reply, Skip } from "../../ask.ts";
import type { PlannedRequest, PlannedResource } from "../../plan/plan.ts";
import type { Asking } from "../../probe.ts";
import { noAccount } from "../make-ask.ts";

/** A planned request of an operation that takes an idempotency key. */
export interface KeyedRequest {
  readonly operation: string;
  readonly duty: "required" | "optional";
  readonly request: PlannedRequest;
  readonly idempotency: Idempotency;
  /** What it acts on: the last masked resource in its path; undefined = none, so that each call makes something new. */
  readonly resource: PlannedResource | undefined;
  /** How many of the keyed requests before it act on that resource too: each uses up fresh ids of its own. */
  readonly turn: number;
}

/** One request for each operation that takes a key, or that the plan has none. */
export function keyedRequests(asking: Asking): (KeyedRequest | Skip)[] {
  const { idempotency } = asking.contract;
  if (idempotency === undefined) return [{ skip: "the contract speaks of no idempotency keys" }];
  if (Object.keys(idempotency.operations).length === 0) return [{ skip: "the contract's idempotency names no operation" }];
  const all: (KeyedRequest | Skip)[] = [];
  for (const [operation, duty] of Object.entries(idempotency.operations)) {
    const request = asking.plan.requests.find((each) => operationWithKey(asking, idempotency, each) === operation);
    if (request === undefined) {
      const aims = [idempotency.missing, idempotency.reuse, idempotency.inFlight].flatMap((row) => row?.name ?? []);
      all.push({ skip: `no request for ${operation} in the plan`, aims });
      continue;
    }
    const resource = asking.resourcesOf(request).at(-1);
    const turn = all.filter((each) => !("skip" in each) && each.resource?.resource === resource?.resource).length;
    all.push({ operation, duty, request, idempotency, resource, turn });
  }
  return all;
}

/** The keyed requests as the first account asks them; what is lacking for one is skipped with its reason. */
export function* ownKeyedRequests(asking: Asking): Generator<Skip, (KeyedRequest & { readonly owner: string })[], readonly Reply[]> {
  const { owner } = asking;
  const own: (KeyedRequest & { readonly owner: string })[] = [];
  for (const keyed of keyedRequests(asking)) {
    if ("skip" in keyed) yield keyed;
    else if (owner === undefined) yield noAccount;
    else own.push({ ...keyed, owner });
  }
  return own;
}

/** The operation by which a request takes a key: of several the most specific, as rules see it. */
export function operationWithKey(asking: Asking, { operations }: Idempotency, request: PlannedRequest): string | undefined {
  return asking.operationsOf(request).find(({ name }) => Object.hasOwn(operations, name))?.name;
}
