import type { Contract } from "../../model/contract.ts";
import type { Json } from "../../model/json.ts";
import { splitUrl } from "../../syntax/url.ts";
import { adviseNearest, type FaultList } from "../../yaml-source/fault-list.ts";
import { memberOf, membersOf, type SourceMap, type SourceNode } from "../../yaml-source/source-tree.ts";
import { parametersIn } from "./path-parameters.ts";
import { plainRequest } from "./plain-request.ts";
import type { Plan, PlannedRequest } from "./plan.ts";
import { listRequests, readRequest, type WrittenRequest } from "./planned-requests.ts";
import { idsOf } from "./planned-resources.ts";

/** The name under which a plan lists what is no operation of its contract. */
const other = "other";

/** Tells requests under a wrong name, and parameters that have no value or no use. */
export function checkRequests(tree: SourceMap, plan: Plan, contract: Contract, faults: FaultList): void {
  const names = contract.operations.map(({ name }) => name);
  for (const [name, { keyAt, node }] of membersOf(memberOf(tree, "requests")?.node)) {
    if (name !== other && !names.includes(name))
      faults.tell({
        at: keyAt,
        path: node.path,
        message: `is no operation of the contract: ${JSON.stringify(name)}`,
        ...adviseNearest(name, [...names, other]),
      });
  }
  for (const written of listRequests(tree)) {
    checkOperation(written, plan.target, contract, faults);
    checkResourceNames(written, plan, contract, faults);
    checkValues(written, plan, faults);
  }
  for (const [, { node }] of membersOf(memberOf(tree, "resources")?.node)) {
    const create = memberOf(node, "create")?.node;
    if (create !== undefined) checkValues({ request: readRequest(other, create), node: create }, plan, faults);
  }
  checkParameters(tree, plan, contract, faults);
}

/** Is a request what it is listed under? */
function checkOperation({ request, node }: WrittenRequest, target: string, contract: Contract, faults: FaultList): void {
  const { operation, method, path } = request;
  const found = contract.operationsOf(plainRequest(target, method, path)).map(({ name }) => name);
  const declared = contract.operations.find(({ name }) => name === operation);
  if (operation === other ? found.length === 0 : declared === undefined || found.includes(operation)) return;
  const [nearest = other] = found;
  const templates = declared === undefined ? "" : `: ${declared.templates.join(", ")}`;
  faults.tell({
    at: node.at,
    path: node.path,
    message: `${operation === other ? `is an operation of the contract: ${method} ${path}` : `is not ${operation}${templates}`}${withTarget(request, target)}`,
    advice: `list it under ${nearest}`,
  });
}

/** The contract's paths begin at the host: where the target has a path of its own, what a request comes to. */
function withTarget({ method, path }: PlannedRequest, target: string): string {
  const base = splitUrl(target)?.path.replace(/\/$/, "") ?? "";
  return base === "" ? "" : `; with the target it is ${method} ${base}${path}`;
}

/** A masked resource must be named by its parameter: otherwise the request could not be made for another one. */
function checkResourceNames({ request, node }: WrittenRequest, plan: Plan, contract: Contract, faults: FaultList): void {
  for (const { id, masking } of contract.resourcesOf(plainRequest(plan.target, request.method, request.path))) {
    const { resource, parameter } = masking;
    if (parameter === undefined || id.includes(`{${parameter}}`)) continue;
    const known = plan.resources.filter((each) => each.resource === resource).flatMap(idsOf);
    if (known.includes(id) || /^\{.*\}$/.test(id))
      faults.tell({
        at: node.at,
        path: node.path,
        message: `names one ${resource}: ${JSON.stringify(id)}`,
        advice: `write {${parameter}} there, so that it can be asked for others too`,
      });
  }
}

/** Has somebody a value for each parameter? */
function checkValues({ request, node }: WrittenRequest, plan: Plan, faults: FaultList): void {
  const known = [...Object.keys(plan.parameters), ...plan.resources.flatMap(({ parameter }) => parameter ?? [])];
  for (const name of request.parameters) {
    const resource = plan.resources.find(({ parameter }) => parameter === name);
    if (name in plan.parameters || name in (request.done ?? {}) || (resource !== undefined && idsOf(resource).length > 0)) continue;
    faults.tell({
      at: node.at,
      path: node.path,
      message: `has {${name}}, for which nobody has a value`,
      advice:
        resource === undefined
          ? (adviseNearest(name, known).advice ?? `add it to parameters`)
          : `add ids to resources.${resource.resource}`,
    });
  }
  for (const [name, { keyAt }] of membersOf(memberOf(node, "done")?.node)) {
    const written = { at: keyAt, path: [...node.path, "done", name] };
    if (!request.parameters.includes(name))
      faults.tell({
        ...written,
        message: `is no parameter of the path: ${JSON.stringify(name)}`,
        ...adviseNearest(name, request.parameters),
      });
    checkDone(request, name, plan, written, faults);
  }
  for (const name of namesIn(request.body)) {
    const nearest = known.includes(name) ? {} : adviseNearest(name, known);
    // A body may hold such a text for its own reasons.
    if (nearest.advice !== undefined)
      faults.tell({
        at: (memberOf(node, "body")?.node ?? node).at,
        path: [...node.path, "body"],
        message: `has {${name}}, for which nobody has a value`,
        ...nearest,
      });
  }
}

/** What was done already is nobody's fresh one, and the owner's own. */
function checkDone(request: PlannedRequest, name: string, plan: Plan, at: Pick<SourceNode, "at" | "path">, faults: FaultList): void {
  const id = request.done?.[name];
  const resource = plan.resources.find(({ parameter }) => parameter === name);
  if (id === undefined || resource === undefined) return;
  if (Object.values(resource.fresh).flat().includes(id))
    faults.tell({ ...at, message: `cannot be done and fresh at once: ${JSON.stringify(id)}` });
  const [owner] = plan.accounts;
  const others = plan.accounts.slice(1).filter(({ name: account }) => id === resource.own[account] || id === resource.throwAway[account]);
  if (owner !== undefined && others.length > 0)
    faults.tell({ ...at, message: `is ${others[0]?.name}'s, and must be ${owner.name}'s: the first account's` });
}

/** `{name}` in the texts of a body. */
function namesIn(body: Json | undefined): string[] {
  if (typeof body === "string") return parametersIn(body);
  return typeof body === "object" && body !== null ? Object.values(body).flatMap(namesIn) : [];
}

/** Is each value of `parameters` used, and no masked resource's? */
function checkParameters(tree: SourceMap, plan: Plan, contract: Contract, faults: FaultList): void {
  const creations = plan.resources.flatMap(({ create }) => create ?? []);
  const used = [
    ...contract.operations.flatMap(({ templates }) => templates.flatMap(parametersIn)),
    ...plan.requests.flatMap(({ parameters, body }) => [...parameters, ...namesIn(body)]),
    ...creations.flatMap(({ path, body }) => [...parametersIn(path), ...namesIn(body)]),
  ];
  for (const [name, { keyAt, node }] of membersOf(memberOf(tree, "parameters")?.node)) {
    const resource = plan.resources.find(({ parameter }) => parameter === name);
    const fault = { at: keyAt, path: node.path };
    if (resource !== undefined)
      faults.tell({
        ...fault,
        message: `names a masked resource: ${JSON.stringify(name)}`,
        advice: `add ids to resources.${resource.resource}`,
      });
    else if (!used.includes(name))
      faults.tell({ ...fault, message: `is a parameter of no request: ${JSON.stringify(name)}`, ...adviseNearest(name, used) });
  }
}
