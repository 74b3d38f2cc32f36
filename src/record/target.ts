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

/** Path and query of a request line as they go to the target; undefined where it names another server (RFC 9112, 3.2). */
export function pathOf(requestTarget: string, { authority, isSecure }: Target, host: string | undefined): string | undefined {
  if (requestTarget.startsWith("/") || requestTarget === "*") return requestTarget;
  const [, scheme = "", named = "", rest = ""] = /^([a-z][a-z0-9+.-]*):\/\/([^/?#]*)([/?].*)?$/is.exec(requestTarget) ?? [];
  const server = named.toLowerCase();
  const usual = isSecure ? ":443" : ":80";
  const isTargets = server === authority || `${authority}${usual}` === server;
  if (!/^https?$/i.test(scheme) || server === "" || !(isTargets || server === host?.toLowerCase())) return undefined;
  return rest.startsWith("/") ? rest : `/${rest}`;
}
