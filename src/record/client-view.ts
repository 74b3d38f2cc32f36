import type { HeaderLine } from "../recording/header-line.ts";
import { endToEnd } from "./fields.ts";
import type { Target } from "./target.ts";

/**
 * An answer's lines as the client is sent them: as they came, but for what would lead it past the proxy. A Location at the target is one at
 * the address that the client knows; a cookie is for that address as well.
 *
 * @param client Host and port under which the client spoke to the proxy.
 */
export function clientLines(lines: readonly HeaderLine[], target: Target, client: string): HeaderLine[] {
  return endToEnd(lines).map((line) => {
    const [name, value] = line;
    const lower = name.toLowerCase();
    if (lower === "location") return [name, locationFor(value, target, client)];
    return lower === "set-cookie" ? [name, cookieFor(value, target)] : line;
  });
}

function locationFor(value: string, { origin, isSecure }: Target, client: string): string {
  const [, server = "", rest = ""] = /^((?:https?:)?\/\/[^/?#\\]+)(.*)$/is.exec(value) ?? [];
  const absolute = server.startsWith("//") ? `${isSecure ? "https:" : "http:"}${server}` : server;
  return URL.canParse(absolute) && new URL(absolute).origin === origin && !absolute.includes("@") ? `http://${client}${rest}` : value;
}

/** A cookie for the target's domain, or for TLS alone, would be thrown away: the client speaks to another host, without TLS. */
function cookieFor(value: string, { hostname, isSecure }: Target): string {
  const [pair = "", ...attributes] = value.split(";");
  const kept = attributes.filter((attribute) => {
    const [name = "", domain = ""] = attribute.split("=").map((part) => part.trim().toLowerCase());
    if (name === "secure") return !isSecure;
    if (name !== "domain") return true;
    const bare = domain.replace(/^\./, "");
    return !(hostname === bare || hostname.endsWith(`.${bare}`));
  });
  return [pair, ...kept].join(";");
}
