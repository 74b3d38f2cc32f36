import type { Contract, Resource } from "../../model/contract.ts";
import type { Exchange, Request } from "../../model/exchange.ts";
import { encodePercent } from "../../syntax/percent-encoding.ts";
import { identityOf } from "../keys/resource-identity.ts";

/** The masked resources that a successful POST made, by its Location or the id in its body; those its own path names were there before. */
export function createdResources(contract: Contract, { request, response }: Exchange): Resource[] {
  if (request.method !== "POST" || response.status < 200 || response.status > 299) return [];
  const known = contract.resourcesOf(request);
  const isNew = (made: Resource) => !known.some((old) => old.masking === made.masking && old.id === made.id);
  const at = (path: string) => contract.resourcesOf(readAt(request, path)).filter(isNew).at(-1);
  const below = (name: string) => `${request.path.replace(/\/+$/, "")}/${encodePercent(name)}`;
  // Most POSTs make nothing that is masked: their bodies need not be read.
  if (at(below("x")) === undefined && response.headers.get("location") === undefined) return [];
  const { location, id } = identityOf(response);
  const found = [location, id === undefined ? undefined : below(id)].flatMap((path) => (path === undefined ? [] : (at(path) ?? [])));
  const made = found.filter((resource) => id === undefined || resource.id === id);
  return made.filter(({ masking }, index) => made.findIndex((other) => other.masking === masking) === index);
}

/** The GET of another path on the same server. */
function readAt({ server, headers, body }: Request, path: string): Request {
  return { method: "GET", url: server + path, server, path, query: "", headers, body };
}
