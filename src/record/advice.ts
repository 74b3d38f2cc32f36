import type { Target } from "./target.ts";

/** What may help where a target answered nothing at all; undefined = nothing beyond a look at the server. */
export function adviceOn(failure: string, { origin, port, basePath, isSecure }: Target): string | undefined {
  if (failure.startsWith("certificate: ")) {
    if (/signed by itself|its issuer/.test(failure)) return "--ca FILE trusts it, or those who issue such; --insecure takes any";
    if (failure.endsWith("for another host")) return "Name the host that it is for in --target; --insecure takes any";
    return "--insecure takes any";
  }
  const { hostname } = new URL(origin);
  const other = `--target ${new URL(`${isSecure ? "http" : "https"}://${hostname}:${port}`).origin}${basePath}`;
  if (isSecure) return failure.endsWith("does not speak it on this port") ? `If it speaks plain HTTP there: ${other}` : undefined;
  if (failure.endsWith("speaks TLS on this port")) return `It is ${other}`;
  return /^the connection was .* before the answer$/.test(failure) ? `If it speaks TLS there: ${other}` : undefined;
}
