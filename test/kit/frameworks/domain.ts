import type { IncomingHttpHeaders } from "node:http";
import { type Answer, Refused, type Wire } from "../server/answer.ts";
import { type Api, answer, authenticate } from "../server/api.ts";
import { type Call, segmentsOf } from "../server/call.ts";
import { type Clock, systemClock } from "../server/clock.ts";
import { render } from "../server/envelope.ts";
import { Limiter } from "../server/limiter.ts";
import { conformant } from "../server/policy.ts";
import { courseRoutes, openRoutes, presetRoutes } from "../server/routes.ts";
import { createStore, type Store } from "../server/store.ts";
import { extend } from "../server/table.ts";

/** A request as a framework hands it over: routed, its body parsed. */
export interface Handed {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
  /** undefined = none. */
  readonly body: unknown;
}

/** What the API is about, for a framework to put on the web. */
export interface Domain {
  readonly store: Store;
  /** The refusal of a caller that nobody knows; undefined = it is known. */
  refuse(handed: Handed): Wire | undefined;
  serve(handed: Handed): Wire;
}

export function createDomain(clock: Clock = systemClock): Domain {
  const api: Api = {
    store: createStore(),
    limiter: new Limiter({ requests: 240, window: 2000 }),
    clock,
    caps: { generations: 3, regenerations: 2 },
    policy: conformant,
  };
  const show = (shown: Answer) => render(extend(shown), { place: "/detail/error", nulls: false });
  return {
    store: api.store,
    refuse(handed) {
      try {
        authenticate(callOf(handed));
        return undefined;
      } catch (problem) {
        if (problem instanceof Refused) return show(problem.refusal);
        throw problem;
      }
    },
    serve: (handed) => show(answer(api, callOf(handed))),
  };
}

/** Where the API has something: methods and path, `:id` for a course's or preset's. */
export const routes: readonly { readonly method: string; readonly path: string }[] = [
  { method: "GET", path: "/v1/health" },
  ...methodsBelow("/v1", openRoutes),
  ...methodsBelow("/v1/courses/:id", courseRoutes),
  ...methodsBelow("/v1/presets/:id", presetRoutes),
];

function methodsBelow(base: string, below: Readonly<Record<string, Readonly<Record<string, unknown>>>>): typeof routes {
  return Object.entries(below).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => ({ method, path: path === "" ? base : `${base}/${path}` })),
  );
}

/** The framework has read the body: to the domain it is JSON, and not too long. */
function callOf({ method, url, headers, body }: Handed): Call {
  const text = body === undefined ? "" : JSON.stringify(body);
  const json = { ...headers, "content-type": "application/json" };
  return { method, path: segmentsOf(url), headers: json, body: Buffer.from(text), longest: Number.POSITIVE_INFINITY };
}
