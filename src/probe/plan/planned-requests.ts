import type { Contract } from "../../model/contract.ts";
import type { Json } from "../../model/json.ts";
import { dataOf, itemsOf, memberOf, membersOf, type SourceMap, type SourceNode, textOf } from "../../yaml-source/source-tree.ts";
import type { HeaderLine } from "../ask.ts";
import { parametersIn } from "./path-parameters.ts";
import type { PlannedRequest } from "./plan.ts";

/** What bodies are sent as where a plan does not say. */
export const jsonType = "application/json";

/** A request with the node it is written at. */
export interface WrittenRequest {
  readonly request: PlannedRequest;
  readonly node: SourceNode;
}

/** The requests that a plan lists, in its order. */
export function listRequests(tree: SourceMap): WrittenRequest[] {
  return membersOf(memberOf(tree, "requests")?.node).flatMap(([operation, { node }]) =>
    (node.kind === "list" ? itemsOf(node) : [node]).map((item) => ({ request: readRequest(operation, item), node: item })),
  );
}

/** A request as it is written; `operation` is what it is listed under. */
export function readRequest(operation: string, node: SourceNode): PlannedRequest {
  const done = memberOf(node, "done")?.node;
  const headers = memberOf(node, "headers")?.node;
  return {
    ...readSend(node),
    operation,
    body: bodyIn(node),
    mediaType: textOf(memberOf(node, "mediaType")?.node) ?? jsonType,
    headers: linesIn(headers),
    done: done === undefined ? undefined : textsIn(done),
    source: node.at,
  };
}

/** Method, path and parameters of a node that is `METHOD /path`, or has that as `send`. */
export function readSend(node: SourceNode): Pick<PlannedRequest, "method" | "path" | "parameters"> {
  const send = textOf(node) ?? textOf(memberOf(node, "send")?.node) ?? "";
  const space = send.indexOf(" ");
  const path = send.slice(space + 1);
  return { method: send.slice(0, space), path, parameters: parametersIn(path) };
}

/** The body of a node; undefined where it has none, and null where the plan says null. */
export function bodyIn(node: SourceNode): Json | undefined {
  const body = memberOf(node, "body");
  return body && dataOf(body.node);
}

/** A map of texts. */
export function textsIn(node: SourceNode | undefined): Readonly<Record<string, string>> {
  return recordOf(membersOf(node).map(([name, member]) => [name, textOf(member.node) ?? ""]));
}

/** A record without a prototype, so that no name in it means anything to JavaScript. */
export function recordOf<Value>(entries: readonly (readonly [name: string, value: Value])[]): Readonly<Record<string, Value>> {
  return Object.assign(Object.create(null), Object.fromEntries(entries));
}

/** A map of texts as header lines. */
export function linesIn(node: SourceNode | undefined): HeaderLine[] {
  return Object.entries(textsIn(node));
}

/**
 * Requests that need no listing: the templates with a method and no star of each operation that the plan does not list, as far as they lie
 * below the target.
 */
export function deriveRequests(tree: SourceMap, contract: Contract, target: string): PlannedRequest[] {
  const listed = memberOf(tree, "requests");
  const base = new URL(target).pathname.replace(/\/$/, "");
  return contract.operations.flatMap(({ name, templates }) => {
    if (memberOf(listed?.node, name) !== undefined) return [];
    return templates.flatMap((template) => {
      const [methods = "", path = ""] = template.split(" ", 2);
      if (template.includes("*") || !path.startsWith(`${base}/`)) return [];
      return methods.split("|").map((method): PlannedRequest => {
        const below = path.slice(base.length);
        const source = listed?.keyAt ?? tree.at;
        const parameters = parametersIn(below);
        return {
          operation: name,
          method,
          path: below,
          parameters,
          body: undefined,
          mediaType: jsonType,
          headers: [],
          done: undefined,
          source,
        };
      });
    });
  });
}
