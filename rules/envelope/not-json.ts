import { messages, type Rule } from "../../src/model/rule.ts";
import { kindOfBody, promisesJson, whyUnreadable } from "../../src/syntax/error-body.ts";
import { type FrameworkDefault, frameworkDefault } from "../../src/syntax/framework-default.ts";
import { essenceOf } from "../../src/syntax/media-type.ts";

const say = messages({
  html: (status: number, framework?: string) => `The ${status} was answered with an HTML page, not with the contract's JSON${written(framework)}.`,
  "plain-text": (status: number, framework?: string) => `The ${status} was answered with plain text, not with the contract's JSON${written(framework)}.`,
  invalid: (status: number, reason: string) => `The ${status}'s body begins as JSON but does not parse: ${reason}.`,
  cut: (status: number) => `The capture holds only the beginning of the ${status}'s body, so what the API sent cannot be judged.`,
});

/** An error body has to be JSON that parses before anything else about it can hold. */
export const notJson: Rule = {
  id: "envelope/not-json",
  summary: "an error body is not JSON",
  severity: "error",
  needs: "exchange",
  advice: "Write the contract's error object as JSON wherever an error can arise: routing, parsing, authentication and uncaught exceptions too.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway } = answer;
        if (gateway !== undefined || envelope === undefined || !promisesJson(envelope)) return;
        const { response } = exchange;
        const kind = exchange.request.method === "HEAD" ? "not-captured" : kindOfBody(response);
        const at = { on: answer, place: { kind: "body", pointer: "" }, expected: "a JSON body" } as const;
        const framework: FrameworkDefault | undefined = frameworkDefault(response);
        const detail = [response.status, kind, framework?.framework].join(" ");
        const hint = framework === undefined ? {} : { advice: framework.advice };
        if (kind === "html") tell({ ...at, ...hint, say: say.html(response.status, framework?.framework), found: "HTML", detail });
        else if (kind === "plain-text")
          tell({ ...at, ...hint, say: say["plain-text"](response.status, framework?.framework), found: "plain text", detail });
        else if (kind === "invalid-json") {
          const parsed = response.body.json();
          const label = essenceOf(response.headers.get("content-type")) ?? "an unlabelled body";
          tell({ ...at, say: say.invalid(response.status, parsed.ok ? "" : tidy(parsed.reason)), found: `${label} that does not parse`, detail });
        } else if (kind === "cut-json")
          tell({
            ...at,
            say: say.cut(response.status),
            found: "a body that ends in the middle",
            detail,
            severity: "note",
            advice: "Capture again with a tool that keeps whole bodies, or raise its limit.",
          });
        else if (!answer.readable) unobservable(exchange, whyUnreadable(answer));
      },
    };
  },
};

function written(framework: string | undefined): string {
  return framework === undefined ? "" : `: ${framework} wrote it, no handler of the API`;
}
