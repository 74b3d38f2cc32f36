/** Where everything that passes goes. */
export interface Target {
  /** `https://api.example.com` */
  readonly origin: string;
  /** What the Host field says: host and port, without a scheme's own port. */
  readonly authority: string;
  /** Without brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly isSecure: boolean;
  /** The path of the given URL, without a slash at its end; "" = none. */
  readonly basePath: string;
}

/** Takes a target's URL apart; it must be one (`readTarget`). */
export function parseTarget(target: string): Target {
  const url = new URL(target);
  const isSecure = url.protocol === "https:";
  return {
    origin: url.origin,
    authority: url.host,
    hostname: url.hostname.replace(/^\[(.*)\]$/, "$1"),
    port: url.port === "" ? (isSecure ? 443 : 80) : Number(url.port),
    isSecure,
    basePath: url.pathname.replace(/\/+$/, ""),
  };
}

/**
 * Path and query of a request line as they go to the target; undefined where it names another server (RFC 9112, 3.2). A line that names one in
 * full must name the target, or the proxy by an address of its own: what Host says is the client's word, and every client of a proxy says there
 * which other server it means.
 *
 * @param port Where the proxy listens.
 */
export function pathOf(requestTarget: string, { authority, isSecure }: Target, port: number | undefined): string | undefined {
  if (requestTarget.startsWith("/") || requestTarget === "*") return requestTarget;
  const [, scheme = "", named = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([/?].*)?$/is.exec(requestTarget) ?? [];
  const server = named.toLowerCase();
  const isPlain = scheme.toLowerCase() === "http";
  // A client that speaks to a proxy in the clear may write a secure target so.
  const isTargets = (isPlain || (isSecure && scheme.toLowerCase() === "https")) && isAt(server, authority, isSecure ? 443 : 80);
  const isOwn = isPlain && ownNames.some((name) => isAt(server, port === 80 ? name : `${name}:${port}`, 80));
  if (!isTargets && !isOwn) return undefined;
  return rest.startsWith("/") ? rest : `/${rest}`;
}

/** Names of this machine to itself. */
const ownNames = ["127.0.0.1", "localhost", "[::1]"];

/** Is it a server, with or without its scheme's own port? */
function isAt(server: string, authority: string, usual: number): boolean {
  return server === authority || server === `${authority}:${usual}`;
}
