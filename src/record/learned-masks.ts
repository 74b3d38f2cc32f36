import type { Credential } from "../model/contract.ts";
import { Disguise } from "../recording/disguise.ts";
import { accountToken, cookieOf, ExchangeMask, isBareScheme, tellingCookies } from "../recording/exchange-mask.ts";
import { cookieForm, formsOf } from "../recording/secret-forms.ts";
import { secretParts } from "../recording/secret-parts.ts";
import { isSecretField } from "../syntax/secret-field.ts";
import type { SecretShape } from "../syntax/secret-shape.ts";
import { isTelling } from "./is-telling.ts";
import { KnownSecrets } from "./known-secrets.ts";
import { isCookieToLearn, valuesToLearn } from "./named-values.ts";
import type { Passed } from "./passed.ts";
import { RecordMask } from "./record-mask.ts";
import { letters, TokenBook } from "./token-book.ts";

/** A server may set cookies that are costly to look for. */
const patience = 8;
/** What one exchange may add to what is known: else one answer would put out of mind all that was learnt before. */
const mostOfOne = 100;

/**
 * What stands in a recording for secrets that nobody named beforehand: they are learnt from the requests that carry them. Equal credentials
 * have equal tokens, so that accounts stay apart; from its first use on a credential is masked wherever it stands.
 */
export class LearnedMasks {
  private readonly declared: readonly Credential[];
  private readonly secrets = new KnownSecrets();
  private readonly knownCookies = new KnownSecrets(patience);
  /** What the exchange in hand may still add. */
  private left = mostOfOne;
  private readonly accounts = new TokenBook((index) => accountToken(letters(index)));
  private readonly cookies = new TokenBook((index) => `<cookie:${index + 1}>`);
  private readonly others = new TokenBook((index) => `<masked:${index + 1}>`);

  constructor(declared: readonly Credential[]) {
    this.declared = declared;
  }

  /** How many secrets are known. */
  get learned(): number {
    return this.secrets.learned + this.knownCookies.learned;
  }

  /**
   * The mask of one exchange, whose own secrets are known from now on: those in its fields at once, those that their names tell once the mask has
   * met them. One exchange at a time.
   */
  of(passed: Passed): RecordMask {
    this.left = mostOfOne;
    const own = new Map<string, string>();
    const fields: Credential[] = [...this.declared];
    const declared = new Set(this.declared.flatMap((each) => ("header" in each ? [each.header.toLowerCase()] : [])));
    const named = new Set(declared);

    const held = credentialsOf(passed, this.declared);
    if (held.length > 0) {
      const token = this.accounts.tokenOf(held.map(({ index, value }) => `${index}\0${value}`).join("\0"));
      for (const { value } of held) this.take(own, value, token);
    }
    for (const [name, value] of passed.requestHeaders) {
      const lower = name.toLowerCase();
      if (value === "" || lower === "cookie" || declared.has(lower) || !isSecretField(name, [])) continue;
      if (!named.has(lower)) fields.push({ header: name });
      named.add(lower);
      this.take(own, value, lower === "authorization" ? this.accounts.tokenOf(`\0${value}`) : this.others.tokenOf(value));
    }
    for (const [name, value] of passed.responseHeaders) {
      if (value === "" || name.toLowerCase() === "set-cookie" || !isSecretField(name, [])) continue;
      this.take(own, value, this.others.tokenOf(value));
    }

    const cookies = cookiesIn(passed).filter((value) => value !== "" && !own.has(value));
    const forms = tellingCookies(cookies.filter(isTelling)).map((cookie) => cookieForm(cookie, this.cookies.tokenOf(cookie)));
    for (const value of cookies) own.set(value, this.cookies.tokenOf(value));
    const disguises = [...this.known(), ...(forms.length > 0 ? [new Disguise(forms, patience)] : [])];
    for (const cookie of tellingCookies(cookies.filter(isCookieToLearn)))
      this.knownCookies.learn(cookie, () => [cookieForm(cookie, this.cookies.tokenOf(cookie))]);
    const known = new ExchangeMask(fields, own, disguises, (value) => this.cookies.tokenOf(value));
    return new RecordMask(known, {
      status: passed.status,
      tokenOf: (secret, shape, kept, isAnswer) => this.learnNamed(secret, shape, kept, isAnswer),
      fieldToken: (value) => {
        const token = this.others.tokenOf(value);
        this.take(own, value, token);
        return token;
      },
    });
  }

  /** The mask for what was written before the last secrets were learnt. */
  late(): ExchangeMask {
    return new ExchangeMask([], new Map(), this.known(), (value) => value);
  }

  private known(): readonly Disguise[] {
    return [...this.secrets.disguises(), ...this.knownCookies.disguises()];
  }

  private learnNamed(secret: string, shape: SecretShape, kept: string, isAnswer: boolean): string {
    const values = valuesToLearn(secret, shape, kept, isAnswer);
    const token = this.others.tokenOf(values.length === 1 ? (values[0] as string) : secret);
    for (const value of values) this.learn(value, [value], token);
    return token;
  }

  private take(own: Map<string, string>, value: string, token: string): void {
    if (value === "" || isBareScheme(value)) return;
    own.set(value, token);
    const parts = new Set([...secretParts(value, false), ...secretParts(value, true)].filter(isTelling));
    if (parts.size > 0) this.learn(value, [...parts], token);
  }

  private learn(value: string, parts: readonly string[], token: string): void {
    if (this.left === 0) return;
    this.left--;
    this.secrets.learn(value, () => parts.flatMap((part) => formsOf(part, token)));
  }
}

/** The declared credentials of a request, in their order, as a reader of the recording finds them. */
function credentialsOf(
  { url, requestHeaders }: Passed,
  declared: readonly Credential[],
): { readonly index: number; readonly value: string }[] {
  const mark = url.indexOf("?");
  return declared
    .flatMap((credential, index) => {
      const all =
        "header" in credential
          ? linesOf(requestHeaders, credential.header.toLowerCase())
          : "query" in credential
            ? mark < 0
              ? []
              : new URLSearchParams(url.slice(mark + 1)).getAll(credential.query)
            : pairsIn(requestHeaders).flatMap(([name, value]) => (name === credential.cookie ? [value] : []));
      return all.map((value) => ({ index, value }));
    })
    .filter(({ value }) => value !== "");
}

function cookiesIn({ requestHeaders, responseHeaders }: Passed): string[] {
  return [
    ...pairsIn(requestHeaders).map(([, value]) => value),
    ...linesOf(responseHeaders, "set-cookie").map((line) => cookieOf(line).value),
  ];
}

function pairsIn(headers: Passed["requestHeaders"]): (readonly [name: string, value: string])[] {
  return linesOf(headers, "cookie")
    .flatMap((line) => line.split(";"))
    .map((pair) => {
      const at = pair.indexOf("=");
      return at < 0 ? (["", pair.trim()] as const) : ([pair.slice(0, at).trim(), pair.slice(at + 1).trim()] as const);
    });
}

function linesOf(headers: Passed["requestHeaders"], name: string): string[] {
  return headers.flatMap(([each, value]) => (each.toLowerCase() === name ? [value] : []));
}
