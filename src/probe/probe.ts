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

/** What an id is for: a method that changes nothing, or any other. */
export type Use = "read" | "write";

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
  /** The request with ids that nobody has for its masked resources, as `missingId` makes them; other parameters are the account's or the plan's. */
  missing(request: PlannedRequest, account?: string, use?: Use): Filled;
  /** The request with given values of its parameters; the account's own for the others. */
  fill(request: PlannedRequest, values: Readonly<Record<string, string>>, account?: string): Filled;
  /**
   * An id that nobody has. For a `read` it has the look of those of the resource in the plan: length, alphabet, prefix, UUID version; where there
   * are few of that look, it may exist. For a `write` [this] it has that look only where nobody can have it. New at each call, but for a write where
   * the plan gives one.
   */
  missingId(resource: PlannedResource, use?: Use): string;
  /** Can a write name what is missing, and have the look of what is there? */
  hasMissingOfItsLook(resource: PlannedResource): boolean;
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
