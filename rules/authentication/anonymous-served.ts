import { messages, type Rule } from "../../src/model/rule.ts";
import { essenceOf } from "../../src/syntax/media-type.ts";
import { expectedOf } from "../../src/traffic/authentication/stranger-answer.ts";
import { watchStrangers } from "../../src/traffic/authentication/watch-strangers.ts";

const say = messages({
  served: (status: number) => `A request without a credential was served with ${status}; the contract requires one.`,
  servedMadeUp: (status: number) => `A request with a credential that opens nothing was served with ${status}.`,
});

export const anonymousServed: Rule = {
  id: "authentication/anonymous-served",
  summary: "what needs a credential is served without one",
  severity: "warning",
  needs: "session",
  advice: "Ask for the credential before anything else. If the operation needs none, list it under authentication.public.",
  watch(watching) {
    const { see, endTimeline } = watchStrangers(watching, ({ credential, answers }, { probe, response }) => {
      // A page of the site's, not of the API's: whoever asks for an address that is none gets it. A probe asks for what is the API's.
      if (probe?.live !== true && essenceOf(response.headers.get("content-type")) === "text/html") return undefined;
      const { status } = response;
      return {
        say: credential === "none" ? say.served(status) : say.servedMadeUp(status),
        place: { kind: "status" },
        expected: expectedOf(answers),
        found: String(status),
        severity: probe?.live === true ? "error" : "warning",
        row: answers[0] ?? null,
      };
    });
    return {
      exchange(exchange, answer) {
        const { status } = exchange.response;
        if (answer === undefined && status >= 200 && status < 300 && exchange.request.method !== "OPTIONS") see(exchange, answer);
      },
      endTimeline,
    };
  },
};
