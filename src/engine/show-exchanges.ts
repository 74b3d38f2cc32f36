import type { Contract, Credential } from "../model/contract.ts";
import type { Body, Exchange, Headers } from "../model/exchange.ts";
import type { Finding } from "../model/finding.ts";
import type { ShownBody, ShownExchange } from "../model/shown-exchange.ts";
import { isSecretField } from "../syntax/secret-field.ts";
import { clip } from "./clip.ts";
import type { CaptureStream } from "./judging.ts";
import { type Mask, masked, maskOf } from "./mask.ts";
import { obtain } from "./obtain.ts";
import type { SecretBook } from "./secret-book.ts";
import { cleanerOf } from "./witness.ts";

/** Exchanges shown in one report, those of the first findings first. */
const mostShown = 1_000;
/** Samples of each finding whose exchanges are shown; the exchanges that a sample rests on come with it. */
const samplesShown = 3;
/** Characters shown of a body, and characters of it that are looked through for secrets. */
const [bodyShown, bodyMasked] = [6_000, 20_000];
const mostHeaders = 80;

/** Reads the exchanges that findings are about once more, and shows them masked; in the order of the findings. */
export async function showExchanges(
  captures: CaptureStream,
  contract: Contract,
  book: SecretBook,
  findings: readonly Finding[],
): Promise<ShownExchange[]> {
  if (captures.again === undefined) return [];
  const wanted = new Map<string, Set<number>>();
  for (const { capture, entry } of placesOf(findings).values()) obtain(wanted, capture, () => new Set<number>()).add(entry);
  const shown: ShownExchange[] = [];
  for await (const exchange of captures.again(wanted))
    shown.push(book.exchange(showExchange(exchange, contract.authentication.credentials)));
  return chooseShown(shown, findings);
}

/** Of exchanges that were read those that findings are about, in the order of the findings. */
export function chooseShown(shown: readonly ShownExchange[], findings: readonly Finding[]): ShownExchange[] {
  const known = new Map(shown.map((exchange) => [keyOf(exchange), exchange]));
  return [...placesOf(findings).keys()].flatMap((key) => known.get(key) ?? []);
}

/** Where the exchanges stand that are shown, each once. */
function placesOf(findings: readonly Finding[]): ReadonlyMap<string, Place> {
  const places = new Map<string, Place>();
  for (const place of findings.flatMap(seenIn)) {
    if (places.size === mostShown) break;
    places.set(keyOf(place), place);
  }
  return places;
}

type Place = Pick<ShownExchange, "capture" | "entry">;

function seenIn({ samples }: Finding): Place[] {
  return samples.slice(0, samplesShown).flatMap((sample) => [sample, ...sample.related]);
}

function keyOf({ capture, entry }: Place): string {
  return `${entry} ${capture}`;
}

function showExchange(exchange: Exchange, credentials: readonly Credential[]): ShownExchange {
  const { origin, startedAt, endedAt, account, request, response } = exchange;
  const mask = maskOf(exchange, credentials);
  const clean = cleanerOf(mask);
  const show = (headers: Headers) =>
    headers
      .lines()
      .slice(0, mostHeaders)
      .map(([name, value]) => [clean(name, 200), isSecret(name, credentials) ? masked : clean(value, 1_000)] as const);
  return {
    capture: origin.capture,
    entry: origin.entry,
    startedAt: startedAt ?? null,
    endedAt: endedAt ?? null,
    account: account?.name === undefined ? null : clip(mask(account.name), 100),
    request: {
      method: clean(request.method, 40),
      url: clean(request.url, 2_000),
      headers: show(request.headers),
      body: showBody(request.body, mask),
    },
    response:
      exchange.notJudged === "no-response"
        ? null
        : {
            status: response.status,
            reason: clean(response.reason, 100),
            headers: show(response.headers),
            body: showBody(response.body, mask),
          },
  };
}

function isSecret(name: string, credentials: readonly Credential[]): boolean {
  return isSecretField(name, credentials) || /^set-cookie2?$/i.test(name);
}

function showBody(body: Body, mask: Mask): ShownBody {
  const { state, mediaType = null } = body;
  const whole = body.text();
  const text = mask(whole.slice(0, bodyMasked));
  // Cut only after masking: a secret cut first would no longer be known.
  const start = text.slice(0, bodyShown);
  return { state, text: start, cut: Math.max(0, whole.length - bodyMasked) + text.length - start.length, mediaType };
}
