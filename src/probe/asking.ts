import type { Contract, Operation } from "../model/contract.ts";
import { digits, lowerLetters, makeChance } from "./chance.ts";
import { fillRequest, type Values } from "./fill-request.ts";
import { makeUpCredential } from "./made-up-credential.ts";
import { hasMissingOfItsLook, makeMissingIds } from "./missing-ids.ts";
import type { Credentials } from "./plan/credentials.ts";
import { plainRequest } from "./plan/plain-request.ts";
import type { Plan, PlannedRequest, PlannedResource } from "./plan/plan.ts";
import type { Asking, Depth, Filled } from "./probe.ts";

/** What an asking is made of. */
export interface AskingOptions {
  readonly plan: Plan;
  readonly contract: Contract;
  /** [none: a dry run] */
  readonly credentials?: Credentials;
  readonly depth: Depth;
  /** Makes two runs ask the same [drawn]. */
  readonly seed?: number;
}

/** What probes make their requests from. */
export function makeAsking({ plan, contract, credentials, depth, seed }: AskingOptions): Asking {
  const chance = makeChance(seed);
  const missingId = makeMissingIds(plan, chance);
  const known = new Map<PlannedRequest, Known>();
  const look = (request: PlannedRequest): Known => {
    const found = known.get(request) ?? lookUp(request, plan, contract);
    known.set(request, found);
    return found;
  };
  const [owner, stranger] = plan.accounts.map(({ name }) => name);
  const valuesOf = (account: string | undefined, given: (parameter: string) => string | undefined, path?: string): Values => ({
    of(parameter) {
      const own = given(parameter);
      if (own !== undefined) return own;
      const resource = plan.resources.find((each) => each.parameter === parameter);
      if (resource !== undefined) return account === undefined ? undefined : resource.own[account];
      return plan.parameters[parameter] ?? (isPathParameter(parameter, plan) ? undefined : null);
    },
    lackOf(parameter) {
      const resource = plan.resources.find((each) => each.parameter === parameter);
      if (resource === undefined) return `no value of {${parameter}} in the plan (parameters.${parameter})`;
      if (account === undefined) return `no account whose ${resource.resource} it could be`;
      return lackOfResource(resource, account);
    },
    ...(path === undefined ? {} : { path }),
  });

  const fillAs = (request: PlannedRequest, account: string | undefined, given: (parameter: string) => string | undefined): Filled => {
    const { whole } = look(request);
    const path = account === undefined ? undefined : whole?.own[account];
    // The plan's path is the owner's: nobody else may be taken to have what is there.
    if (whole !== undefined && path === undefined && account !== undefined && account !== owner)
      return { lacks: lackOfResource(whole, account) };
    return fillRequest(request, valuesOf(account, given, path));
  };

  return {
    contract,
    plan,
    owner,
    stranger,
    depth,
    operationsOf: (request) => look(request).operations,
    resourcesOf: (request) => look(request).resources,
    isPublic(request) {
      const { public: open } = contract.authentication;
      const { operations } = look(request);
      return open.includes("*") || (operations.length === 0 ? open.includes("other") : operations.some(({ name }) => open.includes(name)));
    },
    own: (request, account) => fillAs(request, account, () => undefined),
    missing(request, account, use) {
      const { resources, whole } = look(request);
      const ids = new Map<string, string>();
      const made = (resource: PlannedResource) => {
        const id = ids.get(resource.resource) ?? missingId(resource, use);
        ids.set(resource.resource, id);
        return id;
      };
      const given = (parameter: string) => {
        const inPath = resources.find((each) => each.parameter === parameter);
        // Whoever is not known has nothing: what a body refers to is then missing too.
        const anybodys = account === undefined ? plan.resources.find((each) => each.parameter === parameter) : undefined;
        const resource = inPath ?? anybodys;
        return resource && made(resource);
      };
      return fillRequest(request, valuesOf(account, given, whole && missingId(whole, use)));
    },
    fill: (request, values, account) =>
      fillAs(request, account, (parameter) => (Object.hasOwn(values, parameter) ? values[parameter] : undefined)),
    missingId,
    hasMissingOfItsLook: (resource) => hasMissingOfItsLook(resource, plan),
    random: (length, alphabet = lowerLetters + digits) => chance.text(length, alphabet),
    randomInt: chance.int,
    madeUpCredential: () => makeUpCredential(credentials?.get(owner ?? "")?.[0], contract.authentication.credentials[0], chance),
  };
}

/** What the contract says of a planned request; it stays the same for the whole run. */
interface Known {
  readonly operations: readonly Operation[];
  readonly resources: readonly PlannedResource[];
  /** The resource that its whole path stands for. */
  readonly whole: PlannedResource | undefined;
}

function lookUp(request: PlannedRequest, plan: Plan, contract: Contract): Known {
  const plain = plainRequest(plan.target, request.method, request.path);
  const resources = contract.resourcesOf(plain).flatMap(({ id, masking }) => {
    const { resource, parameter } = masking;
    // One that is written out cannot be asked for as another.
    if (parameter !== undefined && !id.includes(`{${parameter}}`)) return [];
    return plan.resources.filter((each) => each.resource === resource && each.parameter === parameter);
  });
  return { operations: contract.operationsOf(plain), resources, whole: resources.find(({ parameter }) => parameter === undefined) };
}

function lackOfResource({ resource }: PlannedResource, account: string): string {
  return `no ${resource} of ${account}'s in the plan (resources.${resource}.${account}.own)`;
}

function isPathParameter(name: string, plan: Plan): boolean {
  return plan.requests.some(({ parameters }) => parameters.includes(name));
}
