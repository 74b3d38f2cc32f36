import type { Request } from "../../model/exchange.ts";
import { decodePercent } from "../../syntax/percent-encoding.ts";
import { lookedAt, textsOf } from "./body-texts.ts";

/** What a client said itself: an answer that repeats it gives nothing away. */
export interface RequestWords {
  /** Does a text stand in the request: its address, its fields, its body, encoded or not? In any case. */
  says(text: string): boolean;
  /** False: the body may have said more than the capture holds. */
  readonly isWhole: boolean;
}

/** Reads a request when it is first asked for. */
export function wordsOf(request: Request): RequestWords {
  const { body } = request;
  let words: string | undefined;
  return {
    says(text) {
      words ??= [
        request.path,
        decodePercent(request.path),
        request.query,
        ...queryValues(request.query),
        ...request.headers.lines().map(([, value]) => value),
        body.head(lookedAt),
        ...textsOf(body).map((each) => each.text),
        ...formValues(request),
      ]
        .join("\n")
        .toLowerCase();
      return words.includes(text.trim().toLowerCase());
    },
    isWhole: body.state !== "not-captured" && !body.truncated,
  };
}

/** The values of a body that is a form; none of any other. */
export function formValues({ body, headers }: Request): string[] {
  if (!headers.get("content-type")?.toLowerCase().startsWith("application/x-www-form-urlencoded")) return [];
  return queryValues(body.head(lookedAt));
}

/** The values of a query, decoded. */
export function queryValues(query: string): string[] {
  return [...new URLSearchParams(query.slice(0, lookedAt)).values()];
}
