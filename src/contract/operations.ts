import type { Operation } from "../model/contract.ts";
import type { Request } from "../model/exchange.ts";
import { capturesOf, matchesPath } from "./path-match.ts";
import { type PathCapture, type PathSegments, type PathTemplate, parseTemplate, type Segment, splitPath } from "./path-template.ts";

/** The name of what matches no declared operation. */
export const otherOperation = "other";

/** Finds the declared operations that a request is. */
export interface Router {
  readonly operations: readonly Operation[];
  /** All that match, the most specific first; none = "other". */
  match(request: Request): readonly Operation[];
  /** The path parameters of every operation that matches, by operation. */
  captures(request: Request): readonly RouteCapture[];
}

export interface RouteCapture extends PathCapture {
  readonly operation: Operation;
}

interface Route {
  readonly operation: Operation;
  readonly template: PathTemplate;
  /** `/courses`: must stand in every path that the template takes, percent-encoded ones apart. "" = nothing must. */
  readonly needle: string;
  /** It has parameters with names. */
  readonly names: boolean;
}

/** `operations` of a contract file, as name and templates. */
export function makeRouter(declared: readonly (readonly [name: string, templates: readonly string[]])[]): Router {
  const operations = declared.map(([name, templates]): Operation => ({ name, templates }));
  const routes = operations
    .flatMap((operation) => operation.templates.map((text) => makeRoute(operation, text)))
    .sort((a, b) => compareTemplates(a.template, b.template));
  // One request is asked about many times in a row, by the engine and by every rule.
  let last:
    | {
        readonly request: Request;
        readonly method: string;
        readonly text: string;
        readonly path: PathSegments;
        readonly taken: readonly Route[];
        readonly operations: readonly Operation[];
      }
    | undefined;
  const look = (request: Request) => {
    if (last?.request === request) return last;
    // Clients ask for the same path again and again, with other queries.
    const { method, path: text } = request;
    if (last?.text === text && last.method === method) {
      last = { ...last, request };
      return last;
    }
    const plain = !text.includes("%");
    let path: PathSegments | undefined;
    const taken: Route[] = [];
    const found: Operation[] = [];
    for (const route of routes) {
      // Most traffic of a capture is not the API's: it is told by one word, without being cut up.
      if (!takesMethod(route.template, method) || (plain && !text.includes(route.needle))) continue;
      path ??= splitPath(text);
      if (!matchesPath(route.template, path)) continue;
      taken.push(route);
      if (!found.includes(route.operation)) found.push(route.operation);
    }
    last = { request, method, text, path: path ?? [], taken, operations: found };
    return last;
  };
  return {
    operations,
    match: (request) => look(request).operations,
    captures(request) {
      const { path, taken } = look(request);
      const naming = taken.filter(({ names }) => names);
      return naming.flatMap(({ operation, template }) => capturesOf(template, path).map((capture) => ({ ...capture, operation })));
    },
  };
}

function makeRoute(operation: Operation, text: string): Route {
  const template = parseTemplate(text);
  const literals = template.segments.flatMap((segment) => (segment.kind === "literal" ? `/${segment.text}` : []));
  return {
    operation,
    template,
    needle: literals.reduce((longest, each) => (each.length > longest.length ? each : longest), ""),
    names: template.segments.some((segment) => segment.kind === "parameter" || segment.kind === "mixed"),
  };
}

/** Negative: `a` is the more specific. Zero = equal; the file's order decides. */
export function compareTemplates(a: PathTemplate, b: PathTemplate): number {
  const length = Math.max(a.segments.length, b.segments.length);
  for (let index = 0; index < length; index++) {
    const difference = weigh(b.segments[index]) - weigh(a.segments[index]);
    if (difference !== 0) return difference;
  }
  return Number(a.methods === undefined) - Number(b.methods === undefined);
}

function weigh(segment: Segment | undefined): number {
  switch (segment?.kind) {
    case "literal":
      return 4;
    case "mixed":
      return 3;
    case "parameter":
      return 2;
    case undefined:
      return 1;
    case "rest":
      return 0;
  }
}

function takesMethod(template: PathTemplate, method: string): boolean {
  return template.methods === undefined || template.methods.includes(method);
}
