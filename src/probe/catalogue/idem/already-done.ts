import type { Level, Skip } from "../../ask.ts";
import type { Asking, FilledRequest } from "../../probe.ts";
import type { KeyedRequest } from "./keyed-request.ts";

/** A request that should change nothing, and how dangerous it is all the same. */
export interface Harmless {
  readonly level: Level;
  readonly request: FilledRequest;
}

/** The request for what the operation was done with already: nothing is left to do. Where each call makes something new: level 2. */
export function alreadyDone(asking: Asking, { operation, request, resource }: KeyedRequest, owner: string): Harmless | Skip {
  if (request.done === undefined && resource !== undefined)
    return { skip: `nothing in the plan with which ${operation} was done already (requests.${operation}.done)` };
  const filled = request.done === undefined ? asking.own(request, owner) : asking.fill(request, request.done, owner);
  if ("lacks" in filled) return { skip: `${operation}: ${filled.lacks}` };
  return { level: request.done === undefined ? 2 : 1, request: filled };
}
