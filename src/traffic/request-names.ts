import type { Operation } from "../model/contract.ts";
import type { Body, Request } from "../model/exchange.ts";
import type { Json } from "../model/json.ts";
import { essenceOf } from "../syntax/media-type.ts";
import { decodePercent } from "../syntax/percent-encoding.ts";

/** A name longer than this is not looked for. */
const longest = 200;

/** The names in a path, plain: `body.items[0].courseId` and `/body/items/0/course_id` -> body, items, courseid. None of one that is too long. */
export function stepsOf(param: string): string[] {
  if (param.length > longest) return [];
  return param
    .split(/[./[\]()$"'\s]+/)
    .map(plain)
    .filter((step) => step !== "" && !/^[0-9]+$/.test(step));
}

/** Every name in a request, and every parameter that its operations' templates name, plain; or why they are not all known. */
export function namesIn(request: Request, operations: readonly Operation[]): Set<string> | string {
  // Where no template names the path's parameters, the name may be that of one of them.
  if (operations.length === 0 && mayHaveParameter(request)) return "path parameters not declared";
  const names = new Set<string>();
  const add = (name: string) => {
    if (name.length <= longest) names.add(plain(name));
  };
  for (const template of operations.flatMap((operation) => operation.templates)) {
    for (const [, parameter] of template.matchAll(/\{([^}]*)\}/g)) {
      add(parameter ?? "");
      add(parameter?.split("_").at(-1) ?? "");
    }
  }
  for (const segment of request.path.split("/")) add(decodePercent(segment));
  for (const name of new URLSearchParams(request.query).keys()) for (const step of stepsOf(name)) names.add(step);
  for (const [name] of request.headers.lines()) add(name);
  return addBody(request.body, essenceOf(request.headers.get("content-type") ?? request.body.mediaType), add) ?? names;
}

/** Does the path hold what looks like an id, or has the request nothing but its path? `v1` is none. */
function mayHaveParameter({ path, query, body }: Request): boolean {
  const ids = path.split("/").filter((segment) => /[0-9_-]/.test(segment) && !/^v[0-9.]+$/i.test(segment));
  return ids.length > 0 || (query === "" && body.state === "empty");
}

/** Adds the names in a request body; returns why they cannot be known. */
function addBody(body: Body, essence: string | undefined, add: (name: string) => void): string | undefined {
  if (body.state === "empty") return undefined;
  if (body.state === "not-captured" || body.truncated) return "request body not captured";
  if (essence === "application/x-www-form-urlencoded") {
    for (const name of new URLSearchParams(body.text()).keys()) stepsOf(name).forEach(add);
    return undefined;
  }
  const parsed = body.json();
  if (!parsed.ok) return "request body is not JSON";
  const open: Json[] = [parsed.value];
  for (let value = open.pop(); value !== undefined; value = open.pop()) {
    if (typeof value !== "object" || value === null) continue;
    if (!Array.isArray(value)) Object.keys(value).forEach(add);
    for (const child of Object.values(value)) open.push(child);
  }
  return undefined;
}

/** Case and separators left out. */
function plain(name: string): string {
  return name.toLowerCase().replace(/[^\p{L}\p{N}]/gu, "");
}
