import type { Exchange, Request } from "../../model/exchange.ts";

/** Words of tools for what failed before the request was sent: no address, no connection, no network. */
const before =
  /NAME_NOT_RESOLVED|NAME_RESOLUTION|UNKNOWN_(?:PROXY_)?HOST|ENOTFOUND|EAI_AGAIN|CONNECTION_REFUSED|ECONNREFUSED|INTERNET_DISCONNECTED|NS_ERROR_OFFLINE|ADDRESS_UNREACHABLE|EHOSTUNREACH|ENETUNREACH|ERR_CERT_|BLOCKED_BY_CLIENT|connection refused|could not resolve|name or service not known/i;

/** Longer messages are cut. */
const longest = 1_000;

/** Is what went wrong no attempt of a program: a request that never left, or a page that a person opens in a browser? */
export function isNoAttempt({ request, notJudged, failure }: Exchange): boolean {
  return (notJudged === "no-response" && before.test(failure.slice(0, longest))) || isNavigation(request);
}

function isNavigation({ method, headers }: Request): boolean {
  return method === "GET" && (headers.get("sec-fetch-mode") === "navigate" || headers.get("accept")?.startsWith("text/html") === true);
}
