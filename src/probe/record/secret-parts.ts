/** A header's credential behind its scheme: `Bearer …`, `Basic …`; without a scheme the whole value. */
export function splitScheme(value: string): { readonly scheme: string; readonly rest: string } {
  const [, scheme = "", rest = value] = /^([A-Za-z][\w-]*[ \t]+)(\S.*)$/s.exec(value) ?? [];
  return { scheme, rest };
}

/** What of a credential must not be told: itself without its scheme, what its base64 says, its parameters' values. */
export function secretParts(credential: string): readonly string[] {
  const { rest } = splitScheme(credential);
  const parts = new Set([rest]);
  if (rest.startsWith("Bearer ")) parts.add(rest.slice(7));
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
