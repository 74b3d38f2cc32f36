import { isPlaceholder } from "../../syntax/placeholder.ts";
import { mayHoldSecret, secretShapes } from "../../syntax/secret-shapes.ts";
import type { CarriedSecret } from "./request-credentials.ts";
import { mayGoOn } from "./search-budget.ts";

/** A secret in a text, by what it is; never by what it says. */
export type FoundSecret =
  | { readonly kind: "echoed" | "decoded"; readonly what: string }
  /** The shape alone tells. */
  | { readonly kind: "shape"; readonly what: string };

/** No shape is shorter. */
const shortest = 16;

/** The request's own credential in a text of the answer, or whatever has the shape of a key. `requestSays` = the client sent it, in whatever place. */
export function findSecret(
  text: string,
  carried: readonly CarriedSecret[],
  requestSays: (text: string) => boolean,
): FoundSecret | undefined {
  for (const { where, forms, isDecoded } of carried)
    if (forms.some((form) => holds(text, form))) return { kind: isDecoded ? "decoded" : "echoed", what: where };
  if (text.length < shortest || !mayHoldSecret(text)) return undefined;
  for (const { whole, what, isIssued } of secretShapes) {
    const secret = whole?.exec(text)?.[0];
    if (secret === undefined || isPlaceholder(secret)) continue;
    // A token that is a member's whole value may be handed out: the second step of a login, say.
    if (isIssued && !/\s/.test(text) && !requestSays(secret)) continue;
    return { kind: "shape", what };
  }
  return undefined;
}

/** Places of a value that are looked at. */
const mostPlaces = 20;

/** Does a text hold a value that does not go on before or behind it? One that was cut goes on. */
function holds(text: string, value: string): boolean {
  let places = mostPlaces;
  for (let at = text.indexOf(value); at >= 0 && places > 0; at = text.indexOf(value, at + 1), places--)
    if (!/\w/.test(text[at - 1] ?? " ") && (mayGoOn(value) || !/\w/.test(text[at + value.length] ?? " "))) return true;
  return false;
}
