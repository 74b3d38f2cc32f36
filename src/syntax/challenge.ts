/** One way to prove who asks, as a server offers it in WWW-Authenticate (RFC 9110 11.3). */
export interface Challenge {
  /** As written: `Bearer`. */
  readonly scheme: string;
  readonly token68: string | undefined;
  readonly parameters: readonly AuthParameter[];
}

export interface AuthParameter {
  /** As written. */
  readonly name: string;
  /** Without its quotes. */
  readonly value: string;
  readonly quoted: boolean;
}

export type ParsedChallenges =
  | { readonly ok: true; readonly challenges: readonly Challenge[] }
  | { readonly ok: false /** Index of what cannot be read. */; readonly at: number };

const token = "[!#$%&'*+.^_`|~0-9A-Za-z-]+";
const tokens = new RegExp(token, "y");
const nameAndEquals = new RegExp(`${token}[ \\t]*=[ \\t]*`, "y");
const token68Pattern = /[A-Za-z0-9._~+/-]+=*/y;
const spaces = / +/y;
const emptyElements = /[ \t,]*/y;
/** A tab may stand in it, other controls may not. */
const quotedString = /"(?:[\t !#-[\]-~\x80-\uffff]|\\[\t -~\x80-\uffff])*"/y;
const ends = /[ \t]*(?=,|$)/y;

/** Reads the challenges of a field, its lines joined by ", ". A list may hold empty elements (RFC 9110 5.6.1.2). */
export function parseChallenges(text: string): ParsedChallenges {
  const challenges: { scheme: string; token68: string | undefined; parameters: AuthParameter[] }[] = [];
  let at = 0;
  const take = (pattern: RegExp): string | undefined => {
    pattern.lastIndex = at;
    const found = pattern.exec(text)?.[0];
    at += found?.length ?? 0;
    return found;
  };
  const takeParameter = (): AuthParameter | undefined => {
    const from = at;
    const name = take(nameAndEquals)?.replace(/[ \t]*=[ \t]*$/, "");
    const string = name === undefined ? undefined : take(quotedString);
    const value = string?.slice(1, -1).replace(/\\(.)/g, "$1") ?? (name === undefined ? undefined : take(tokens));
    if (name !== undefined && value !== undefined) return { name, value, quoted: string !== undefined };
    at = from;
    return undefined;
  };
  // May what follows a comma be one more parameter of the last challenge?
  let isOpen = false;
  for (;;) {
    take(emptyElements);
    if (at === text.length) return { ok: true, challenges };
    const parameter = isOpen ? takeParameter() : undefined;
    if (parameter !== undefined) challenges.at(-1)?.parameters.push(parameter);
    else {
      const scheme = take(tokens);
      if (scheme === undefined) return { ok: false, at };
      isOpen = take(spaces) !== undefined;
      const first = isOpen ? takeParameter() : undefined;
      const token68 = isOpen && first === undefined ? take(token68Pattern) : undefined;
      isOpen &&= token68 === undefined;
      challenges.push({ scheme, token68, parameters: first === undefined ? [] : [first] });
    }
    if (take(ends) === undefined) return { ok: false, at };
  }
}

/** What is wrong with a challenge whose grammar is right. */
export type ChallengeFault =
  | { readonly kind: "bare" | "no-realm" | "bare-realm" }
  | { readonly kind: "repeated"; readonly name: string }
  | { readonly kind: "unknown-error"; readonly error: string };

/** Errors that a server may tell a Bearer (IANA, OAuth Extensions Error; "resource access error response"). */
const bearerErrors: ReadonlySet<string> = new Set([
  "invalid_request",
  "invalid_token",
  "insufficient_scope",
  "insufficient_user_authentication",
  "invalid_dpop_proof",
  "use_dpop_nonce",
]);

/** The first promise of HTTP, or of its own scheme, that a challenge breaks. */
export function challengeFault({ scheme, parameters }: Challenge): ChallengeFault | undefined {
  const [kind, names] = [scheme.toLowerCase(), parameters.map(({ name }) => name.toLowerCase())];
  const repeated = names.find((name, index) => names.indexOf(name) < index);
  if (repeated !== undefined) return { kind: "repeated", name: repeated };
  if (kind === "bearer" && parameters.length === 0) return { kind: "bare" };
  const realm = parameters[names.indexOf("realm")];
  if (kind === "basic" && realm === undefined) return { kind: "no-realm" };
  if (realm?.quoted === false) return { kind: "bare-realm" };
  const error = kind === "bearer" ? parameters[names.indexOf("error")]?.value : undefined;
  return error === undefined || bearerErrors.has(error) ? undefined : { kind: "unknown-error", error };
}
