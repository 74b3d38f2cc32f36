import type { Contract, Masking } from "../../model/contract.ts";
import type { Request } from "../../model/exchange.ts";
import { isObject } from "../../model/json.ts";
import { decodePercent } from "../../syntax/percent-encoding.ts";

/** What a request asks for: a masked resource that its path names, or that its query or body does by the parameter's name. */
export interface AskedFor {
  readonly masking: Masking;
  readonly id: string;
  /** Does the path name it? Then a success serves it. */
  readonly isInPath: boolean;
}

/** The resource of that name; undefined = the request names none. */
export function askedFor(contract: Contract, request: Request, resource: string): AskedFor | undefined {
  const inPath = contract.resourcesOf(request).findLast(({ masking }) => masking.resource === resource);
  if (inPath !== undefined) return { ...inPath, isInPath: true };
  for (const masking of contract.masking) {
    if (masking.resource !== resource || masking.parameter === undefined) continue;
    const id = inQuery(request.query, masking.parameter) ?? inBody(request, masking.parameter);
    if (id !== undefined) return { masking, id, isInPath: false };
  }
  return undefined;
}

function inQuery(query: string, name: string): string | undefined {
  const pairs = query.split("&").map((pair) => pair.split("="));
  const value = pairs.find(([each = ""]) => decodePercent(each) === name)?.[1];
  return value === undefined ? undefined : decodePercent(value);
}

/** A string member of that name, at the body's root. */
function inBody({ body }: Request, name: string): string | undefined {
  if (body.state !== "present" || body.truncated || !body.mayMention(name)) return undefined;
  const parsed = body.json();
  const value = parsed.ok && isObject(parsed.value) ? parsed.value[name] : undefined;
  return typeof value === "string" ? value : undefined;
}
