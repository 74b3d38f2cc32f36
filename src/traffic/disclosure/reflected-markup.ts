import type { Request } from "../../model/exchange.ts";
import { decodePercent } from "../../syntax/percent-encoding.ts";
import { lookedAt, textsOf } from "./body-texts.ts";
import { formValues, queryValues } from "./request-words.ts";
import { searchBudget } from "./search-budget.ts";

/** A shorter text may stand in a page by chance. */
const shortest = 4;

/** Characters ahead of the markup that are looked for with it. */
const longestAhead = 100;

type Part = "path" | "query" | "body";

/** The part of a request whose text stands in a page as markup; undefined = none does. */
export function reflectedMarkup(request: Request, page: string): Part | undefined {
  const { body } = request;
  const texts: readonly (readonly [Part, readonly string[]])[] = [
    ["path", request.path.split("/").map(decodePercent)],
    ["query", queryValues(request.query)],
    ["body", [...formValues(request), ...(body.json().ok ? textsOf(body).map(({ text }) => text) : [body.head(lookedAt)])]],
  ];
  const take = searchBudget();
  const isReflected = (value: string) => {
    const at = value.length < shortest ? -1 : value.search(/[<"']/);
    const word = at < 0 ? undefined : take(value.slice(Math.max(0, at - longestAhead)));
    return word !== undefined && isMarkup(word, page);
  };
  return texts.find(([, values]) => values.some(isReflected))?.[0];
}

/** A "<" tells wherever it stands; a quote only within a tag, where it ends the value it stands in. Both are harmless elsewhere. */
function isMarkup(value: string, page: string): boolean {
  const at = page.indexOf(value);
  if (at < 0) return false;
  return value.includes("<") || quoteEnds(value, page.slice(Math.max(0, at - 1_000), at));
}

/** Does a text hold the very quote that opened the attribute it stands in? */
function quoteEnds(value: string, before: string): boolean {
  const quote = /<[a-z][^<>]{0,900}=\s?(["'])[^"'<>]{0,500}$/i.exec(before)?.[1];
  return quote !== undefined && value.includes(quote);
}
