import { messages, type Rule } from "../../src/model/rule.ts";
import { essenceOf } from "../../src/syntax/media-type.ts";
import { lookedAt } from "../../src/traffic/disclosure/body-texts.ts";
import { reflectedMarkup } from "../../src/traffic/disclosure/reflected-markup.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  reflected: (status: number, where: string) => `The HTML of the ${status} repeats markup from the request's ${where} unescaped.`,
});

export const markupReflected: Rule = {
  id: "disclosure/markup-reflected",
  summary: "an HTML error repeats request text unescaped",
  severity: "warning",
  needs: "exchange",
  advice: "Escape what a page repeats (&lt; for <, &quot; within tags), or answer with JSON and X-Content-Type-Options: nosniff.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway, readable } = answer;
        const { request, response } = exchange;
        const { headers, body } = response;
        if (gateway !== undefined || essenceOf(headers.get("content-type") ?? body.mediaType) !== "text/html") return;
        const where = reflectedMarkup(request, body.head(lookedAt));
        if (where !== undefined) {
          tell({
            on: answer,
            say: say.reflected(response.status, where),
            place: { kind: "body", pointer: "" },
            expected: "markup escaped, or not repeated",
            found: "the request's own markup",
            detail: where,
          });
        } else if (!readable) unobservable(exchange, whyUnreadable(answer));
      },
    };
  },
};
