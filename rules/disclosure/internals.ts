import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { contractWords } from "../../src/traffic/disclosure/contract-words.ts";
import { findInternals, type Internal } from "../../src/traffic/disclosure/find-internals.ts";
import { wordsOf } from "../../src/traffic/disclosure/request-words.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  "debug-page": (status: number, what: string) => `The ${status} is the debug page of ${what}, which is made for its developers.`,
  "stack-trace": (status: number, what: string) => `The ${status} shows a ${what} stack trace.`,
  "stack-frame": (status: number, what: string) => `The ${status} shows what looks like one line of a ${what} stack trace.`,
  sql: (status: number, what: string) => `The ${status} repeats an error of ${what}.`,
  "exception-name": (status: number, what: string) => `The ${status} repeats what ${what} says of an exception.`,
  "file-path": (status: number, what: string) => `The ${status} names ${what}.`,
});

const advice: Readonly<Record<Internal["note"], string>> = {
  "debug-page": "Switch the framework's debug mode off wherever clients can reach it.",
  "stack-trace":
    "Write the trace to the log, and send the contract's error object with a message of its own and an id to find the trace by.",
  "stack-frame": "Write the trace to the log, and send a message that was written for clients.",
  sql: "Catch the database's errors where they arise, and answer with one of the contract's codes.",
  "exception-name": "Send a message that was written for clients; the exception's own belongs in the log.",
  "file-path": "Send a message that was written for clients; where the server keeps its files belongs in the log.",
};

const warnings: readonly Internal["note"][] = ["stack-frame", "exception-name", "file-path"];

export const internals: Rule = {
  id: "disclosure/internals",
  summary: "an error shows how the server is built",
  severity: "error",
  needs: "exchange",
  advice: "Send a message that was written for clients; what helps to debug belongs in the log.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway, readable } = answer;
        // Whoever stands in front of the API is told by envelope/gateway-answer.
        if (gateway !== undefined) return;
        const { status, body } = exchange.response;
        const found = findInternals(body, { request: wordsOf(exchange.request), contract: contractWords(contract) });
        if (found === "unknown") return unobservable(exchange, "request body not captured");
        if (found.length === 0 && !readable) return unobservable(exchange, whyUnreadable(answer));
        for (const { note, id, what, text, pointer } of found) {
          tell({
            on: answer,
            say: say[note](status, what),
            place: { kind: "body", pointer },
            expected: "nothing of the server's insides",
            found: quoted(text, 100),
            detail: id,
            advice: advice[note],
            ...(warnings.includes(note) && { severity: "warning" }),
          });
        }
      },
    };
  },
};
