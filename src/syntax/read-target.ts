/** Scheme, host, port and base path of where requests go, without a trailing slash; or why it cannot be one, which repeats nothing of it. */
export function readTarget(text: string): { readonly target: string } | { readonly fault: string; readonly advice?: string } {
  // "http:evil.example" and "http:\\evil.example" are read as if they had slashes.
  const url = /^[a-z][a-z0-9+.-]*:\/\/[^/\\]/i.test(text) && URL.canParse(text) ? new URL(text) : undefined;
  if (url === undefined || url.hostname === "")
    return { fault: "is not an absolute URL", advice: 'for instance "https://staging.example.com"' };
  if (url.protocol !== "https:" && url.protocol !== "http:") return { fault: "is neither http nor https" };
  if (url.username !== "" || url.password !== "")
    return { fault: "holds a user name or password", advice: "credentials stand in environment variables, which accounts names" };
  if (/[?#]/.test(text)) return { fault: "has a query or a fragment", advice: "a target ends with its path" };
  return { target: url.origin + url.pathname.replace(/\/+$/, "") };
}
