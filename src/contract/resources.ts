import type { Contract, Masking, Resource } from "../model/contract.ts";
import type { Request } from "../model/exchange.ts";
import { otherOperation, type RouteCapture, type Router } from "./operations.ts";

/** A masking with the operations it is limited to; undefined = every operation with the parameter. */
export interface CompiledMasking extends Masking {
  readonly operations: readonly string[] | undefined;
}

/** Says which masked resources a request names in its path, in the path's order; those that a whole path stands for come first. */
export function makeResourceFinder(maskings: readonly CompiledMasking[], router: Router): Contract["resourcesOf"] {
  // As with operations: every rule of a family asks about the same request in turn.
  let last: { readonly request: Request; readonly resources: readonly Resource[] } | undefined;
  return (request) => {
    if (last?.request !== request) last = { request, resources: findResources(maskings, router, request) };
    return last.resources;
  };
}

function findResources(maskings: readonly CompiledMasking[], router: Router, request: Request): Resource[] {
  if (maskings.length === 0) return [];
  const captures = router.captures(request);
  if (captures.length === 0 && maskings.every(({ parameter }) => parameter !== undefined)) return [];
  const names = router.match(request).map((operation) => operation.name);
  const found = maskings.flatMap((masking) => {
    if (masking.parameter !== undefined) return byParameter(masking, captures);
    return isUnder(masking, names) ? [{ at: -1, resource: { masking, id: request.path } }] : [];
  });
  return found.sort((a, b) => a.at - b.at).map(({ resource }) => resource);
}

interface Found {
  readonly at: number;
  readonly resource: Resource;
}

/** Several operations may name one segment alike: it is one resource. */
function byParameter(masking: CompiledMasking, captures: readonly RouteCapture[]): Found[] {
  const bySegment = new Map<number, Found>();
  for (const capture of captures) {
    if (capture.name !== masking.parameter || !isUnder(masking, [capture.operation.name])) continue;
    if (!bySegment.has(capture.segment)) bySegment.set(capture.segment, { at: capture.segment, resource: { masking, id: capture.value } });
  }
  return [...bySegment.values()];
}

function isUnder(masking: CompiledMasking, names: readonly string[]): boolean {
  if (masking.operations === undefined) return true;
  return names.length === 0 ? masking.operations.includes(otherOperation) : names.some((name) => masking.operations?.includes(name));
}
