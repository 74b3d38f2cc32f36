import type { Request } from "../../model/exchange.ts";
import { noBody, noHeaders } from "../../model/nothing-sent.ts";
import { splitUrl } from "../../syntax/url.ts";

/** A request as a contract asks for it to tell its operation: method and path alone. `path` is from the target on. */
export function plainRequest(target: string, method: string, path: string): Request {
  const url = target + path;
  const { server = "", path: whole = "/", query = "" } = splitUrl(url) ?? {};
  return { method, url, server, path: whole, query, headers: noHeaders, body: noBody };
}
