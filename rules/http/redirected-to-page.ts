import type { Headers } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { essenceOf, isJsonType } from "../../src/syntax/media-type.ts";
import { type PageKind, pageAt } from "../../src/syntax/page-location.ts";
import { quoted } from "../../src/syntax/wording.ts";

const say = messages({
  login: (status: number) => `A request that speaks JSON was sent to a login page with ${status}, in the place of an error.`,
  error: (status: number) => `A request that speaks JSON was sent to an error page with ${status}, in the place of an error.`,
});

export const redirectedToPage: Rule = {
  id: "http/redirected-to-page",
  summary: "a request that speaks JSON is sent to a login or error page",
  severity: "warning",
  needs: "exchange",
  advice: "Answer with the error itself, 401 where a credential is wanted; send browsers to pages, not clients of the API.",
  watch({ contract, tell }) {
    return {
      exchange(exchange, answer) {
        const { request, response } = exchange;
        const { status } = response;
        // From 400 on all answers are errors.
        if (status < 300 || answer !== undefined) return;
        const location = response.headers.get("location");
        const page = location === undefined ? undefined : pageAt(location);
        if (page === undefined || !speaksJson(request.headers) || !isOfApi(request.path)) return;
        if (contract.operationsOf(request).length === 0) return;
        const expected: Record<PageKind, string> = { login: "a 401", error: "an error in the envelope" };
        tell({
          on: exchange,
          say: say[page](status),
          place: { kind: "header", name: "Location" },
          expected: expected[page],
          found: quoted(location),
          detail: page,
        });
      },
    };
  },
};

/** Does it ask for JSON and for no page, or bring JSON? */
function speaksJson(headers: Headers): boolean {
  const wanted = (headers.get("accept") ?? "").split(",").map(essenceOf);
  if (wanted.includes("text/html")) return false;
  return wanted.some(isJsonType) || isJsonType(essenceOf(headers.get("content-type")));
}

/** A login may send to a login. */
function isOfApi(path: string): boolean {
  return pageAt(path) === undefined;
}
