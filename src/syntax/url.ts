import { detached } from "./detached.ts";

/** The parts of an absolute URL that envelint asks for, raw; undefined where it is not absolute. Cheaper and laxer than `new URL`. */
export interface SplitUrl {
  /** Lower case, without ":". */
  readonly scheme: string;
  /** `https://api.example.com`: lower case, user and default port left out. */
  readonly server: string;
  /** Raw path; "/" when empty. */
  readonly path: string;
  /** Raw query without "?"; "" when none. */
  readonly query: string;
}

const defaultPort: Readonly<Record<string, string>> = { http: ":80", https: ":443", ws: ":80", wss: ":443" };

export function splitUrl(url: string): SplitUrl | undefined {
  // Most URLs of a capture are the same server's as the one before.
  const next = url.startsWith(last.origin) ? url[last.origin.length] : "";
  if (next === "/" || next === "?" || next === "#" || (next === undefined && last.origin !== ""))
    return withPath(last, url, last.origin.length);
  const colon = url.indexOf(":");
  if (colon < 1) return undefined;
  const scheme = url.slice(0, colon).toLowerCase();
  if (!/^[a-z][a-z0-9+.-]*$/.test(scheme)) return undefined;
  if (!url.startsWith("//", colon + 1)) return { scheme, server: `${scheme}:`, path: "/", query: "" };
  const start = colon + 3;
  let end = start;
  while (end < url.length && !"/?#\\".includes(url[end] as string)) end++;
  let host = url.slice(url.lastIndexOf("@", end - 1) >= start ? url.lastIndexOf("@", end - 1) + 1 : start, end).toLowerCase();
  const port = defaultPort[scheme];
  if (port !== undefined && host.endsWith(port)) host = host.slice(0, -port.length);
  last = { origin: detached(url.slice(0, end)), scheme, server: `${scheme}://${host}` };
  return withPath(last, url, end);
}

/** What stands before the path, as it is written, and what it comes to. */
interface Origin extends Pick<SplitUrl, "scheme" | "server"> {
  readonly origin: string;
}

let last: Origin = { origin: "", scheme: "", server: "" };

function withPath({ scheme, server }: Origin, url: string, end: number): SplitUrl {
  const hash = url.indexOf("#", end);
  const rest = hash < 0 ? url.slice(end) : url.slice(end, hash);
  const mark = rest.indexOf("?");
  const path = mark < 0 ? rest : rest.slice(0, mark);
  return { scheme, server, path: path === "" ? "/" : path, query: mark < 0 ? "" : rest.slice(mark + 1) };
}
