import type { Credential } from "../model/contract.ts";
import type { Exchange } from "../model/exchange.ts";
import type { Finding, Sample } from "../model/finding.ts";
import type { ShownExchange } from "../model/shown-exchange.ts";
import { secretsOf } from "./exchange-secrets.ts";
import { masked } from "./mask.ts";

/** Credentials whose forms are known at once. Who has more of them in a run is no client at its work. */
const most = 500;
/** A text that is found by fewer characters may be any. */
const shortest = 10;
/** Characters by which a secret is looked for. */
const probe = 8;

/**
 * The credentials that were met anywhere in a run: what is told of one exchange may repeat another's, whose own mask does not know it. It is laid
 * on what leaves the engine. Only what looks drawn by lot is taken for a secret here, lest a word that somebody used for a credential be hidden.
 */
export class SecretBook {
  readonly #credentials: readonly Credential[];
  readonly #learnt = new Set<string>();
  readonly #byStart = new Map<string, string[]>();

  constructor(credentials: readonly Credential[]) {
    this.#credentials = credentials;
  }

  /** To be called while the exchange is judged. Costs something for a credential that is new only. */
  learn(exchange: Exchange): void {
    const id = exchange.account?.credential;
    if (id === undefined || this.#learnt.has(id) || this.#learnt.size >= most) return;
    this.#learnt.add(id);
    for (const secret of secretsOf(exchange, this.#credentials)) if (isDrawn(secret)) for (const form of formsOf(secret)) this.#add(form);
  }

  /** The text without any of them. */
  mask(text: string): string {
    if (this.#byStart.size === 0 || text.length < shortest) return text;
    let clean = "";
    let from = 0;
    for (let at = 0; at + probe <= text.length; at++) {
      const found = this.#byStart.get(text.slice(at, at + probe))?.find((secret) => text.startsWith(secret, at));
      if (found === undefined) continue;
      clean += text.slice(from, at) + masked;
      from = at + found.length;
      at = from - 1;
    }
    return from === 0 ? text : clean + text.slice(from);
  }

  finding<Kind extends Finding>(finding: Kind): Kind {
    return {
      ...finding,
      message: this.mask(finding.message),
      advice: this.mask(finding.advice),
      samples: finding.samples.map(this.#sample),
    };
  }

  exchange(shown: ShownExchange): ShownExchange {
    const { request, response } = shown;
    const message = <Of extends ShownExchange["request"] | NonNullable<ShownExchange["response"]>>(of: Of): Of => ({
      ...of,
      headers: of.headers.map(([name, value]) => [this.mask(name), this.mask(value)] as const),
      body: { ...of.body, text: this.mask(of.body.text) },
    });
    return { ...shown, request: { ...message(request), url: this.mask(request.url) }, response: response && message(response) };
  }

  readonly #sample = (sample: Sample): Sample => {
    const { place } = sample;
    return {
      ...sample,
      url: this.mask(sample.url),
      expected: this.mask(sample.expected),
      found: this.mask(sample.found),
      evidence: this.mask(sample.evidence),
      place: place.kind === "body" ? { ...place, pointer: this.mask(place.pointer) } : place,
    };
  };

  #add(form: string): void {
    if (form.length < shortest) return;
    const start = form.slice(0, probe);
    const alike = this.#byStart.get(start) ?? [];
    // The longest first: a shorter one may be its beginning.
    this.#byStart.set(
      start,
      [...alike, form].sort((a, b) => b.length - a.length),
    );
  }
}

/** Letters and digits among one another, as no word has them; or longer than any word. */
function isDrawn(secret: string): boolean {
  return secret.length >= shortest && ((/[0-9]/.test(secret) && /[A-Za-z]/.test(secret)) || secret.length >= 40);
}

/** As it stands, in other cases, in hex, and in base64 wherever in a group of three it begins. */
function formsOf(secret: string): string[] {
  const bytes = Buffer.from(secret);
  const base64 = [0, 1, 2].map((offset) => {
    const text = Buffer.concat([Buffer.alloc(offset), bytes])
      .toString("base64")
      .replace(/=+$/, "");
    // What its neighbours share with it is not its own.
    return text.slice(offset === 0 ? 0 : offset + 1, (offset + bytes.length) % 3 === 0 ? undefined : -1);
  });
  return [
    ...new Set([secret, secret.toLowerCase(), secret.toUpperCase(), bytes.toString("hex"), bytes.toString("hex").toUpperCase(), ...base64]),
  ];
}
