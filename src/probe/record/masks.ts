import type { Credential } from "../../model/contract.ts";
import { Disguise, disguiseText } from "../../recording/disguise.ts";
import {
  accountToken,
  cookieOf,
  credentialForms,
  ExchangeMask,
  isBareScheme,
  numbered,
  tellingCookies,
} from "../../recording/exchange-mask.ts";
import { cookieForm, type SecretForm } from "../../recording/secret-forms.ts";
import type { Ask } from "../ask.ts";
import type { Received } from "../wire/wire.ts";

/** What stands in a recording for what must not: a token for each account, each made-up credential, each cookie that a server set. */
export class Masks {
  private readonly declared: readonly Credential[];
  /** Credential values to their tokens. */
  private readonly tokens = new Map<string, string>();
  private readonly accounts: Disguise;
  private readonly madeUp = new Map<string, string>();
  private readonly cookies = new Map<string, string>();

  constructor(accounts: ReadonlyMap<string, readonly string[]>, declared: readonly Credential[]) {
    this.declared = declared;
    for (const [name, values] of accounts)
      for (const value of values) if (!this.tokens.has(value)) this.tokens.set(value, accountToken(name));
    this.accounts = new Disguise([...this.tokens].flatMap(([value, token]) => credentialForms(value, token, declared)));
  }

  /** The masks of one exchange: a made-up credential and the cookies set are known in their own exchange only. */
  of({ as }: Ask, { headers }: Received): ExchangeMask {
    const own = new Map(this.tokens);
    const forms: SecretForm[] = [];
    if (typeof as === "object" && "madeUp" in as && !this.tokens.has(as.madeUp) && !isBareScheme(as.madeUp)) {
      const token = numbered(this.madeUp, as.madeUp, "account:made-up-");
      own.set(as.madeUp, token);
      forms.push(...credentialForms(as.madeUp, token, this.declared));
    }
    const set = headers.flatMap(([name, value]) => (name.toLowerCase() === "set-cookie" ? [cookieOf(value).value] : []));
    for (const value of set) if (value !== "" && !own.has(value)) this.cookieToken(value);
    const cookieForms = tellingCookies(set.filter((value) => !own.has(value))).map((cookie) =>
      cookieForm(cookie, this.cookieToken(cookie)),
    );
    const disguises = [this.accounts];
    if (forms.length > 0) disguises.push(new Disguise(forms));
    if (cookieForms.length > 0) disguises.push(new Disguise(cookieForms, patience));
    return new ExchangeMask(this.declared, own, disguises, (value) => this.cookieToken(value));
  }

  /** Masks what is told of a run: the credentials of its accounts, wherever they stand. */
  text(text: string): string {
    return disguiseText(text, [this.accounts]);
  }

  private cookieToken(value: string): string {
    return numbered(this.cookies, value, "cookie:");
  }
}

/** A server may set cookies that are costly to look for: they are its own. */
const patience = 8;
