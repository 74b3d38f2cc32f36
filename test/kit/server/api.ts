import { type Answer, Refused, success } from "./answer.ts";
import { readBody } from "./body.ts";
import type { Call, Caps, Visit } from "./call.ts";
import type { Clock } from "./clock.ts";
import type { Limiter } from "./limiter.ts";
import type { Policy } from "./policy.ts";
import { refusals } from "./refusals.ts";
import { courseRoutes, openRoutes, presetRoutes } from "./routes.ts";
import { type Store, secrets } from "./store.ts";

/** What an API needs to answer. */
export interface Api {
  readonly store: Store;
  readonly limiter: Limiter;
  readonly clock: Clock;
  readonly caps: Caps;
  readonly policy: Policy;
}

/** Answers a request: who asks, how often, for what, and only then with what. */
export function answer(api: Api, call: Call): Answer {
  try {
    if (call.path.join("/") === "v1/health") return health(call);
    const account = authenticate(call);
    const visit = { call, account, store: api.store, policy: api.policy, caps: api.caps, now: api.clock.now() };
    if (api.policy.limitBehindMask && namesForeign(visit)) return route(visit);
    const wait = api.limiter.take(account, call.path[1] ?? "", api.clock.now(), api.policy);
    if (wait > 0) throw new Refused(refusals.rateLimited(wait));
    return route(visit);
  } catch (problem) {
    return problem instanceof Refused ? problem.refusal : refusals.serverError();
  }
}

function health(call: Call): Answer {
  const methods = { GET: () => success(200, { status: "ok" }) };
  return dispatch(call, methods, () => refusals.unknownRoute())();
}

/** The account whose credential a call has; throws `Refused` where it is nobody's. */
export function authenticate(call: Call): string {
  const secret = /^Bearer (\S+)$/.exec(call.headers.authorization ?? "")?.[1];
  const account = Object.keys(secrets).find((name) => secrets[name] === secret);
  if (account === undefined) throw new Refused(refusals.unauthenticated());
  return account;
}

/** Where a path names a masked resource, it comes to light only to its owner, whatever else is wrong with the request. */
function route(visit: Visit): Answer {
  const [version, collection, id, ...below] = visit.call.path;
  if (version !== "v1") throw new Refused(unknownPlace(visit.call.path));
  const rest = below.join("/");
  if (collection === "courses" && id !== undefined) {
    const course = find(visit, "course", id, visit.store.courses);
    return dispatch(visit.call, courseRoutes[rest], unsupported)(visit, course);
  }
  if (collection === "presets" && id !== undefined) {
    const preset = find(visit, "preset", id, visit.store.presets);
    return dispatch(visit.call, presetRoutes[rest], unsupported)(visit, preset);
  }
  return dispatch(visit.call, openRoutes[visit.call.path.slice(1).join("/")], () => unknownPlace(visit.call.path))(visit);
}

function namesForeign({ call, account, store }: Visit): boolean {
  const owner = store.courses.get(call.path[2] ?? "")?.owner;
  return owner !== undefined && owner !== account;
}

/** Outside the API's addresses, a path may still name a resource, and nobody has it. */
function unknownPlace(path: readonly string[]) {
  const resources = path.flatMap((segment, index) => {
    const id = path[index + 1];
    if (id === undefined || (segment !== "courses" && segment !== "presets")) return [];
    return [{ resource: segment === "courses" ? ("course" as const) : ("preset" as const), id, owner: undefined }];
  });
  const last = resources.at(-1);
  return last === undefined ? refusals.unknownRoute() : refusals.notFound(last);
}

function find<Thing extends { readonly owner: string }>(
  visit: Visit,
  resource: "course" | "preset",
  id: string,
  things: Map<string, Thing>,
): Thing {
  const { account, policy, call } = visit;
  const thing = things.get(id);
  if (thing?.owner === account) return thing;
  if (thing !== undefined && policy.foreign === "serve") return thing;
  if (thing !== undefined && policy.bodyBeforeMask) readBody(call);
  const refusal = refusals.notFound({ resource, id, owner: thing?.owner });
  throw new Refused(thing !== undefined && policy.foreign === "forbid" ? { ...refusal, status: 403 } : refusal);
}

/** The table of errors has no 405: an owner asking the wrong thing of a resource is told with a 400. */
function unsupported() {
  return refusals.invalid("unsupported_operation", "This cannot be asked of the resource.");
}

function dispatch<Handler extends (...given: never[]) => Answer>(
  call: Call,
  methods: Readonly<Record<string, Handler>> | undefined,
  otherwise: () => ReturnType<typeof unsupported>,
): Handler | (() => Answer) {
  if (methods === undefined) throw new Refused(otherwise());
  const allowed = [...Object.keys(methods), "OPTIONS"];
  if (call.method === "OPTIONS") return () => success(204, undefined, [["Allow", allowed.join(", ")]]);
  const handler = methods[call.method === "HEAD" ? "GET" : call.method];
  if (handler === undefined) throw new Refused({ ...otherwise(), allowed });
  return handler;
}
