import type { Headers } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";

const say = messages({
  missing: () => "The 426 asks for another protocol and does not say which: it has no Upgrade header.",
});

/** Fields that HTTP/1.1 alone has; so is Upgrade. */
const ofConnection = ["connection", "keep-alive", "transfer-encoding"];

export const upgradeMissing: Rule = {
  id: "http/upgrade-missing",
  summary: "a 426 does not say which protocol it wants",
  severity: "warning",
  needs: "exchange",
  advice: "Name the protocols in Upgrade, and Upgrade in Connection. To ask for a newer version of the API, use another status.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway } = answer;
        const { status, headers } = exchange.response;
        if (status !== 426 || gateway !== undefined || headers.get("upgrade") !== undefined) return;
        if (!showsConnection(headers)) return unobservable(exchange, "connection headers not captured, or none in this version of HTTP");
        tell({
          on: answer,
          say: say.missing(),
          place: { kind: "header", name: "Upgrade" },
          expected: "Upgrade",
          found: "no such header",
        });
      },
    };
  },
};

function showsConnection(headers: Headers): boolean {
  return ofConnection.some((name) => headers.get(name) !== undefined);
}
