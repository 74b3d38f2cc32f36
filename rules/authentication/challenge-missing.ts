import { messages, type Rule } from "../../src/model/rule.ts";
import { isForeignVoice } from "../../src/traffic/duty.ts";
import { hidesHeaders } from "../../src/traffic/page-script.ts";

const say = messages({
  missing: () => "The 401 does not say how to authenticate: it has no WWW-Authenticate header, and HTTP requires one.",
  empty: () => "The 401 does not say how to authenticate: its WWW-Authenticate header is empty.",
});

export const challengeMissing: Rule = {
  id: "authentication/challenge-missing",
  summary: "a 401 does not say how to authenticate",
  severity: "warning",
  needs: "exchange",
  advice: 'Send WWW-Authenticate with every 401, such as Bearer realm="api", or declare challenge: optional.',
  watch({ contract, tell, unobservable }) {
    if (contract.authentication.challenge === "optional") return {};
    return {
      error(answer) {
        const { exchange } = answer;
        const { status, headers } = exchange.response;
        if (status !== 401 || isForeignVoice(answer)) return;
        const value = headers.get("www-authenticate");
        if (value !== undefined && !/^[ \t,]*$/.test(value)) return;
        if (hidesHeaders(exchange)) return unobservable(exchange, "headers hidden from the page script that made the capture");
        if (headers.lines().length === 0) return unobservable(exchange, "response headers not captured");
        tell({
          on: answer,
          say: value === undefined ? say.missing() : say.empty(),
          place: { kind: "header", name: "WWW-Authenticate" },
          expected: "WWW-Authenticate with one challenge at least",
          found: value === undefined ? "no such header" : "no challenge",
        });
      },
    };
  },
};
