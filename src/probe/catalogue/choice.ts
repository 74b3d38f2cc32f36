import { isObject, type JsonObject } from "../../model/json.ts";
import { splitPointer } from "../../syntax/json-pointer.ts";
import { essenceOf, isJsonType } from "../../syntax/media-type.ts";
import type { PlannedRequest, PlannedResource } from "../plan/plan.ts";
import type { Asking } from "../probe.ts";

/** A planned request with a JSON object as its body. */
export interface PlannedWrite {
  readonly request: PlannedRequest;
  readonly body: JsonObject;
  /** What its path names: nothing that could be missing; what may be lost, by these ids; or only what nobody has. */
  readonly on: "nothing" | { readonly ids: Readonly<Record<string, string>> } | "nobody's";
}

/** Does it change nothing, wherever it is served as HTTP means it? */
export function isRead({ method }: Pick<PlannedRequest, "method">): boolean {
  return method === "GET" || method === "HEAD" || method === "OPTIONS";
}

/** Does the contract say that it needs a credential? What it does not declare, it does not protect. */
export function isProtected(asking: Asking, request: PlannedRequest): boolean {
  return asking.contract.authentication.declared && asking.operationsOf(request).length > 0 && !asking.isPublic(request);
}

/** The GET that stands for all: rather one that needs a credential, and that names a masked resource. */
export function aRead(asking: Asking): PlannedRequest | undefined {
  return best(readsOf(asking), (request) => worthAsRead(asking, request));
}

/** The GET that stands for all that are not for everybody. */
export function aClosedRead(asking: Asking): PlannedRequest | undefined {
  const closed = readsOf(asking).filter((request) => !asking.isPublic(request));
  return best(closed, (request) => worthAsRead(asking, request));
}

/** The GET that names something that may be missing; rather a masked resource. */
export function aReadOfOne(asking: Asking): PlannedRequest | undefined {
  const named = readsOf(asking).filter(({ parameters }) => parameters.length > 0);
  return best(named, (request) => (asking.resourcesOf(request).length > 0 ? 1 : 0)) ?? masked(asking)[0];
}

/** The GET whose path addresses a resource. */
export function readOf(asking: Asking, resource: PlannedResource): PlannedRequest | undefined {
  return readsOf(asking).find((request) => asking.resourcesOf(request).at(-1)?.resource === resource.resource);
}

/** The write that stands for all that the contract protects; rather one that needs no key. */
export function aProtectedWrite(asking: Asking): PlannedRequest | undefined {
  const writes = asking.plan.requests.filter((request) => takesBody(request) && isProtected(asking, request));
  return best(writes, (request) => (needsKey(asking, request) ? 0 : 1));
}

/**
 * The write on whose body all is tried. Where its path names what nobody has, a server may say so before it reads the body: rather one that names
 * nothing, since it creates, and then one that names what may be lost.
 */
export function aWriteWithBody(asking: Asking): PlannedWrite | undefined {
  const writes = asking.plan.requests.flatMap((request): PlannedWrite[] => {
    const { body } = request;
    const isSuited = takesBody(request) && isJsonType(essenceOf(request.mediaType));
    return isSuited && isObject(body) && hasMembersBesideKey(asking, body) ? [{ request, body, on: whatItNames(asking, request) }] : [];
  });
  const worth = { nothing: 4, "nobody's": 0 };
  return best(writes, ({ request, on }) => (typeof on === "string" ? worth[on] : 2) + (needsKey(asking, request) ? 0 : 1));
}

/** Is there something in the body that can be wrong? */
function hasMembersBesideKey(asking: Asking, body: JsonObject): boolean {
  return Object.keys(body).some((name) => name !== keyMember(asking));
}

/** The member of a body that is, or holds, the idempotency key; undefined = the key stands elsewhere. */
export function keyMember({ contract }: Asking): string | undefined {
  const place = contract.idempotency?.keyPlace;
  return place !== undefined && "pointer" in place ? splitPointer(place.pointer)[0] : undefined;
}

function whatItNames(asking: Asking, request: PlannedRequest): PlannedWrite["on"] {
  const resources = asking.resourcesOf(request);
  if (request.parameters.length === 0 && resources.length === 0) return "nothing";
  // What the plan's own values name is there, and is nobody's to lose: only what is made below it can be tried.
  if (resources.length === 0 && (request.method !== "POST" || /\}$/.test(request.path.split("?", 1)[0] ?? ""))) return "nobody's";
  const ids = idsToLose(asking, request);
  return "lacks" in ids || "lacks" in asking.fill(request, ids, asking.owner) ? "nobody's" : { ids };
}

/** Ids for a path that may be lost: of what the operation was done to already, else of what may be thrown away. */
export function idsToLose(asking: Asking, request: PlannedRequest): Readonly<Record<string, string>> | { readonly lacks: string } {
  if (request.done !== undefined) return request.done;
  const { owner } = asking;
  const ids: Record<string, string> = {};
  for (const { resource, parameter, throwAway } of asking.resourcesOf(request)) {
    const id = owner === undefined ? undefined : throwAway[owner];
    if (parameter === undefined || id === undefined) return { lacks: `no throw-away ${resource} in the plan` };
    ids[parameter] = id;
  }
  return ids;
}

/** Does it carry what is to be done? */
function takesBody({ method }: PlannedRequest): boolean {
  return method === "POST" || method === "PUT" || method === "PATCH";
}

function readsOf({ plan }: Asking): PlannedRequest[] {
  return plan.requests.filter(({ method }) => method === "GET");
}

function masked(asking: Asking): PlannedRequest[] {
  return readsOf(asking).filter((request) => asking.resourcesOf(request).length > 0);
}

function worthAsRead(asking: Asking, request: PlannedRequest): number {
  return (isProtected(asking, request) ? 2 : 0) + (asking.resourcesOf(request).length > 0 ? 1 : 0);
}

function needsKey(asking: Asking, request: PlannedRequest): boolean {
  return asking.operationsOf(request).some(({ name }) => asking.contract.idempotency?.operations[name] === "required");
}

/** The first of those worth most. */
function best<Thing>(things: readonly Thing[], worth: (thing: Thing) => number): Thing | undefined {
  return things.reduce<Thing | undefined>((so, thing) => (so === undefined || worth(thing) > worth(so) ? thing : so), undefined);
}
