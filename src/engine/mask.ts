import type { Credential } from "../model/contract.ts";
import type { Request } from "../model/exchange.ts";

/** What stands in a report where a secret stood. */
export const masked = "[masked]";

const secretNames =
  "access_?token|refresh_?token|id_?token|auth_?token|session_?token|token|api_?key|apikey|app_?key|application_?key|client_?secret|secret|password|passwd|pwd|signature|sig|authorization|credential|session(?:_?id)?|sid|jwt|private_?key|x-amz-(?:signature|credential|security-token)";

/** Shapes that are secrets wherever they stand. Every pattern is linear: no nested repeats. */
const shapes: readonly (readonly [RegExp, string])[] = [
  [/-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g, masked],
  [/\beyJ[A-Za-z0-9_-]{6,}\.[A-Za-z0-9_-]{2,}(?:\.[A-Za-z0-9_-]*)?/g, masked],
  // A digit tells a key from the words that follow these names in prose and in challenges.
  [/\b(Bearer|Basic|Digest|Token|ApiKey)(\s+)(?=[^\s"]{0,200}[0-9])[A-Za-z0-9._~+/=:-]{6,}/gi, `$1$2${masked}`],
  [/\b(?:sk|pk|rk|whsec)_(?:live_|test_)?[A-Za-z0-9]{10,}/g, masked],
  [/\b(?:gh[pousr]_|github_pat_|glpat-|xox[abeoprs]-|xapp-|npm_|hf_|sk-|SG\.|ya29\.|dop_v1_|shpat_)[A-Za-z0-9._-]{12,}/g, masked],
  [/\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/g, masked],
  [/\bAIza[A-Za-z0-9_-]{30,}/g, masked],
  [new RegExp(`([?&;](?:${secretNames})=)[^&#;\\s"']+`, "gi"), `$1${masked}`],
  [new RegExp(`("(?:${secretNames})"\\s*:\\s*")[^"]+`, "gi"), `$1${masked}`],
  [/(:\/\/)[^/?#\s@"']{1,200}@/g, `$1${masked}@`],
];

/** Takes secrets out of a text: the values known from the request, and whatever has the shape of one. */
export function maskSecrets(text: string, known: readonly string[]): string {
  let clean = text;
  for (const secret of known) clean = clean.replaceAll(secret, masked);
  for (const [shape, replacement] of shapes) clean = clean.replace(shape, replacement);
  return clean;
}

/** A mask that knows a request's own secrets; it learns them at its first use. */
export function maskOf(request: Request, credentials: readonly Credential[]): (text: string) => string {
  let secrets: string[] | undefined;
  return (text) => {
    secrets ??= secretsOf(request, credentials);
    return maskSecrets(text, secrets);
  };
}

/** Fields whose values are credentials whether or not the contract declares them. */
export function isSecretField(name: string, credentials: readonly Credential[]): boolean {
  const lower = name.toLowerCase();
  return (
    /^(?:authorization|proxy-authorization|cookie|set-cookie|x-api-key|api-key|x-auth-token|x-amz-security-token|dd-api-key|dd-application-key)$/.test(
      lower,
    ) || credentials.some((credential) => "header" in credential && credential.header.toLowerCase() === lower)
  );
}

/** The credential values a request carries, longest first; those under six characters are no secrets and would mask half the text. */
export function secretsOf(request: Request, credentials: readonly Credential[]): string[] {
  const found = new Set<string>();
  const add = (value: string | undefined) => {
    if (value === undefined || value.length > 16_384) return;
    for (const part of [value, ...value.split(/[\s,;]+/).flatMap((piece) => [piece, piece.slice(piece.indexOf("=") + 1)])])
      if (part.length >= 6) found.add(part);
  };
  for (const [name, value] of request.headers.lines()) if (isSecretField(name, credentials)) add(value);
  for (const credential of credentials)
    if ("query" in credential) for (const value of new URLSearchParams(request.query).getAll(credential.query)) add(value);
  return [...found].sort((a, b) => b.length - a.length);
}
