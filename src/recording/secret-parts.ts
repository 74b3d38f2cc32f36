/** Schemes that stand in fields of all names (IANA's registry, and what APIs made up). */
const schemes = /^(?:basic|bearer|digest|dpop|token|jwt|key|apikey|api-key|oauth|hmac|signature|hawk|negotiate|ntlm|aws4-hmac-sha256)\s/i;

/**
 * A credential behind its scheme: `Bearer …`, `Basic …`; without a scheme the whole value.
 * In an Authorization field the first word is one, whatever it is; elsewhere it may be a part of the secret.
 */
export function splitScheme(value: string, isAuthorization: boolean): { readonly scheme: string; readonly rest: string } {
  const [, scheme = "", rest = value] = /^([A-Za-z][\w-]*[ \t]+)(\S.*)$/s.exec(value) ?? [];
  return isAuthorization || schemes.test(value) ? { scheme, rest } : { scheme: "", rest: value };
}

/** Is it a field whose credentials have a scheme (RFC 9110, 11.4)? */
export function isAuthorizationField(name: string): boolean {
  return /authorization$/i.test(name);
}

/** What of a credential must not be told: itself without its scheme, what its base64 says, its parameters' values. */
export function secretParts(credential: string, isAuthorization: boolean): readonly string[] {
  const { rest } = splitScheme(credential, isAuthorization);
  const parts = new Set([rest]);
  for (const [, value = ""] of rest.matchAll(/=\s*"([^"]{8,})"/g)) parts.add(value);
  if (/^[\w+/-]+={0,2}$/.test(rest)) {
    const text = Buffer.from(rest, "base64").toString();
    const colon = text.indexOf(":");
    if (colon >= 0 && /^[^\p{Cc}\uFFFD]+$/u.test(text)) {
      const [user, password] = [text.slice(0, colon), text.slice(colon + 1)];
      // Where the password is left empty, the user is a key.
      for (const part of [text, password === "" ? user : password]) parts.add(part);
    }
  }
  return [...parts].filter((part) => part.trim() !== "");
}
