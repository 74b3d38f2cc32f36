import type { Json } from "../../../model/json.ts";
import { resolvePointer } from "../../../syntax/json-pointer.ts";
import { encodePercent } from "../../../syntax/percent-encoding.ts";
import { withArticle } from "../../../syntax/wording.ts";
import type { Reply, Step } from "../../ask.ts";
import { newKey, withKey } from "../../idempotency-key.ts";
import type { PlannedRequest, PlannedResource } from "../../plan/plan.ts";
import type { Asking, FilledRequest } from "../../probe.ts";
import { type KeyedRequest, operationWithKey } from "./keyed-request.ts";
import { faultOfMadeId } from "./made-id.ts";

/** Steps on the way to something; undefined = there is no way, and that was said. */
export type Finding<Found> = Generator<Step, Found | undefined, readonly Reply[]>;

/** Fresh ids that one operation takes of an account. */
const each = 2;

/**
 * The request for something with which the operation was never done: an id of the plan, else of one made for it; without a masked resource
 * in its path, as it is. `nth` counts from 0: two probes that ask for the same one share it, where it is the plan's.
 */
export function* onFresh(asking: Asking, keyed: KeyedRequest, account: string, nth: number): Finding<FilledRequest> {
  const { operation, request, resource, turn } = keyed;
  if (resource === undefined) return yield* told(operation, asking.own(request, account));
  if (resource.parameter === undefined) {
    yield { skip: `${operation}: no parameter of its path names a fresh ${resource.resource}` };
    return undefined;
  }
  const planned = resource.fresh[account]?.[each * turn + nth];
  const id = planned ?? (yield* madeId(asking, resource, account, request));
  if (id === undefined) return undefined;
  const filled = yield* told(operation, asking.fill(request, { [resource.parameter]: id }, account));
  // What stands for an id that is not known yet should read as such.
  return filled && { ...filled, path: filled.path.replace(encodePercent(newOne(resource)), newOne(resource)) };
}

/** Makes a throw-away resource as the plan says, and gives its id. */
function* madeId(asking: Asking, resource: PlannedResource, account: string, { source }: PlannedRequest): Finding<string> {
  const { create } = resource;
  if (create === undefined) {
    yield { skip: `no fresh ${resource.resource} of ${account} in the plan (fresh), and no way to make one (create)` };
    return undefined;
  }
  const { method, path, body, mediaType } = create;
  const parameters = [...path.matchAll(/\{([^{}]+)\}/g)].map(([, name]) => name as string);
  const request: PlannedRequest = { operation: "other", method, path, parameters, body, mediaType, headers: [], done: undefined, source };
  const filled = yield* told(`a new ${resource.resource}`, keyIfAsked(asking, request, asking.own(request, account)));
  if (filled === undefined) return undefined;
  const [reply] = yield { ...filled, purpose: `make ${withArticle(resource.resource)} to try it on`, level: 2, as: { account } };
  if (reply === undefined) return newOne(resource);
  const id = isSuccess(reply) ? resolvePointer(reply.json() as Json | undefined, create.id) : undefined;
  const fault = faultOfMadeId(id, asking.plan);
  if (fault === undefined) return String(id);
  const why = isSuccess(reply) ? `the answer's id at ${create.id} ${fault}` : `${method} ${path} was answered ${reply.status}`;
  yield { skip: `no new ${resource.resource} could be made: ${why}` };
  return undefined;
}

function keyIfAsked(asking: Asking, request: PlannedRequest, filled: ReturnType<Asking["own"]>) {
  const { idempotency } = asking.contract;
  if (idempotency === undefined || "lacks" in filled || operationWithKey(asking, idempotency, request) === undefined) return filled;
  return withKey(filled, idempotency, newKey(asking, idempotency));
}

/** The request, or what the plan lacks for it, said. */
export function* told(what: string, filled: ReturnType<Asking["own"]>): Finding<FilledRequest> {
  if (!("lacks" in filled)) return filled;
  yield { skip: `${what}: ${filled.lacks}` };
  return undefined;
}

export function isSuccess({ status }: Reply): boolean {
  return status >= 200 && status < 300;
}

function newOne({ resource }: PlannedResource): string {
  return `<new ${resource}>`;
}
