import type { Credential } from "../../model/contract.ts";
import type { Request } from "../../model/exchange.ts";
import { decodeForm } from "../../syntax/percent-encoding.ts";
import { isPlaceholder } from "../../syntax/placeholder.ts";
import { sureSecretNames } from "../../syntax/secret-names.ts";
import { mayHoldSecret, secretShapes } from "../../syntax/secret-shapes.ts";

/** A credential that stands in a URL, and how it shows. Its value is not in here. */
export interface UrlCredential {
  readonly name: string;
  readonly shows: /** It is the value of a declared credential: "header Authorization". */
    | { readonly by: "value"; readonly of: string }
    | { readonly by: "name" }
    /** "a token of GitHub's" */
    | { readonly by: "shape"; readonly what: string };
}

/** Members and characters of each that are looked at. */
const [most, longest] = [200, 4_096];
/** A shorter value is no credential. */
const shortest = 8;

/** Nothing that is encoded becomes longer. */
const maybeLong = new RegExp(`=[^&]{${shortest}}`);

/** Names that leave no doubt. Others are a page's, an invitation's or a form's: `next_page_token`, `csrf_token`. */
const named = new RegExp(`^(?:${sureSecretNames})$`, "i");
/** A name that is a credential's only where the request carries no other. */
const vague = /^token$/i;
/** What a server has signed for one resource and a short while is made to stand in a URL. */
const signed = /(?:^|&)(?:x-amz-signature|x-goog-signature|signature|sig)=/i;
/** Google's keys for web pages stand in public anyway; Stripe's payment secrets are made for the page that pays. */
const harmless = /^AIza|_secret_/;

/** The credentials in a request's query, but for those that the contract has there. */
export function credentialsInUrl({ query, headers }: Request, credentials: readonly Credential[], isKnown: boolean): UrlCredential[] {
  if (!maybeLong.test(query)) return [];
  const members = readQuery(query).filter(({ name }) => !credentials.some((each) => "query" in each && each.query === name));
  if (members.length === 0) return [];
  const declared = credentials.flatMap((credential) =>
    valuesOf(credential, headers).map((value) => ({ value, of: Object.entries(credential).flat().join(" ") })),
  );
  const isSigned = signed.test(query);
  return members.flatMap(({ name, value }): UrlCredential[] => {
    const same = declared.find((each) => each.value === value);
    if (same !== undefined) return [{ name, shows: { by: "value", of: same.of } }];
    if (isSigned || harmless.test(value) || isPlaceholder(value)) return [];
    if ((named.test(name) && isTelling(name, value)) || (vague.test(name) && !isKnown && isRandom(value)))
      return [{ name, shows: { by: "name" } }];
    const shape = shapeOf(value);
    return shape === undefined ? [] : [{ name, shows: { by: "shape", what: shape.what } }];
  });
}

/** The shape of a key that is nobody's to hand out; a token that is issued for a while is often meant to stand in a URL. */
function shapeOf(value: string): (typeof secretShapes)[number] | undefined {
  return mayHoldSecret(value) ? secretShapes.find(({ whole, isIssued }) => isIssued !== true && whole?.test(value)) : undefined;
}

function readQuery(query: string): { readonly name: string; readonly value: string }[] {
  return query.split("&", most).flatMap((pair) => {
    const equals = pair.indexOf("=");
    const value = equals < 0 ? "" : decodeForm(pair.slice(equals + 1, equals + 1 + longest));
    return value.length < shortest ? [] : [{ name: decodeForm(pair.slice(0, equals)), value }];
  });
}

function valuesOf(credential: Credential, headers: Request["headers"]): string[] {
  if ("query" in credential) return [];
  if ("header" in credential) return headers.all(credential.header).flatMap((value) => [value, value.slice(value.indexOf(" ") + 1)]);
  const start = `${credential.cookie}=`;
  const pairs = headers.all("cookie").flatMap((line) => line.split(/;\s*/));
  return pairs.filter((pair) => pair.startsWith(start)).map((pair) => pair.slice(start.length));
}

/** A key or token without a digit is a word; a password need not have one. */
function isTelling(name: string, value: string): boolean {
  return /[0-9]/.test(value) || /^passw/i.test(name);
}

/** Letters and digits, and enough of them. */
function isRandom(value: string): boolean {
  return value.length >= 16 && /[0-9]/.test(value) && /[a-z]/i.test(value);
}
