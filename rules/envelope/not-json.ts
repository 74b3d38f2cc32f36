import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { kindOfBody, promisesJson, whyUnreadable } from "../../src/traffic/error-body.ts";
import { frameworkDefault } from "../../src/traffic/framework-default.ts";

const say = messages({
  html: (status: number, framework: string | undefined) => `The ${status} is an HTML page, not the contract's JSON${written(framework)}.`,
  "plain-text": (status: number, framework: string | undefined) =>
    `The ${status} is plain text, not the contract's JSON${written(framework)}.`,
  invalid: (status: number, framework: string | undefined) => `The body of the ${status} does not parse as JSON${written(framework)}.`,
  cut: (status: number) => `Only the beginning of the ${status}'s body is at hand: what the server sent cannot be judged.`,
});

const notes = { html: "html", "plain-text": "plain-text", "invalid-json": "invalid", cut: "cut" } as const;

export const notJson: Rule = {
  id: "envelope/not-json",
  summary: "an error body is not JSON",
  severity: "error",
  needs: "exchange",
  advice: "Write the contract's error object as JSON wherever an error can arise: routing, parsing, authentication, uncaught exceptions.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway, readable } = answer;
        if (gateway !== undefined || envelope === undefined || !promisesJson(envelope)) return;
        const kind = exchange.request.method === "HEAD" ? "not-captured" : kindOfBody(exchange.response);
        if (!(kind in notes)) {
          if (!readable) unobservable(exchange, whyUnreadable(answer));
          return;
        }
        const note = notes[kind as keyof typeof notes];
        const { status, body } = exchange.response;
        const author = frameworkDefault(exchange.response);
        tell({
          on: answer,
          say: say[note](status, author?.framework),
          place: { kind: "body", pointer: "" },
          expected: "a JSON body",
          found: quoted(body.text().trim()),
          detail: [status, author?.framework ?? ""].join(" "),
          ...(author !== undefined && { advice: author.advice }),
          ...(note === "cut" && {
            severity: "note",
            subject: "capture",
            advice:
              "Capture again with a tool that keeps whole bodies, or raise its limit. Of a body over 8 MiB envelint reads the beginning alone.",
          }),
        });
      },
    };
  },
};

function written(framework: string | undefined): string {
  return framework === undefined ? "" : `: ${framework} wrote it, not a handler of the API`;
}
