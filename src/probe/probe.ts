import type { Contract, Operation } from "../model/contract.ts";
import type { Ask, AskBody, Asks, HeaderLine } from "./ask.ts";
import type { Plan, PlannedRequest, PlannedResource } from "./plan/plan.ts";

/** One way to make a server show its errors. `id` is `family/name`. */
export interface Probe {
  readonly id: string;
  /** What it provokes, in a few words. */
  readonly summary: string;
  /** What of the plan it needs, in a few words: "a valid body". */
  readonly needs: string;
  /** Probes that must come before it, by id: it rests on what they did. */
  readonly after?: readonly string[];
  ask(asking: Asking): Asks;
}

/** `plain`: masking by GET and HEAD as they are. `all`: each variant and method. `timing`: and enough pairs to tell times apart. */
export type Depth = "plain" | "all" | "timing";

/** What a probe is given to make its requests from. */
export interface Asking {
  readonly contract: Contract;
  readonly plan: Plan;
  /** The first account of the plan: A. undefined = the plan has none. */
  readonly owner: string | undefined;
  /** The second: B. */
  readonly stranger: string | undefined;
  readonly depth: Depth;
  /** The contract's operations that a planned request is, the most specific first. */
  operationsOf(request: PlannedRequest): readonly Operation[];
  /** The masked resources that a planned request names in its path, in the path's order. */
  resourcesOf(request: PlannedRequest): readonly PlannedResource[];
  /** Does it need no credential? */
  isPublic(request: PlannedRequest): boolean;
  /** The request with an account's own ids. */
  own(request: PlannedRequest, account: string): Filled;
  /** The request with ids that nobody has for its masked resources, made anew at each call; other parameters are the account's or the plan's. */
  missing(request: PlannedRequest, account?: string): Filled;
  /** The request with given values of its parameters; the account's own for the others. */
  fill(request: PlannedRequest, values: Readonly<Record<string, string>>, account?: string): Filled;
  /** An id that nobody has, of the same look as those of the resource in the plan: length, alphabet, prefix, UUID version. New at each call. */
  missingId(resource: PlannedResource): string;
  /** Random characters of an alphabet [a-z and 0-9]. The same in each run where the run is seeded. */
  random(length: number, alphabet?: string): string;
  /** A number from 0 up to, and without, `below`. */
  randomInt(below: number): number;
  /** The values of the first declared credential that look like those in use and open nothing. New at each call. */
  madeUpCredential(): string;
}

/** A request made concrete, or what the plan lacks for it. */
export type Filled = FilledRequest | { readonly lacks: string };

/** A request as an ask takes it. */
export interface FilledRequest extends Pick<Ask, "method" | "path"> {
  readonly headers: readonly HeaderLine[];
  readonly body?: AskBody;
}
