import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { absentKey } from "../../src/traffic/keys/key-duty.ts";

const say = messages({
  absent: (key: string) => `A request that needs an idempotency key (${key}) was sent without one.`,
  empty: (key: string) => `A request that needs an idempotency key (${key}) was sent with an empty one.`,
});

export const keyMissing: Rule = {
  id: "client/key-missing",
  summary: "a required idempotency key was not sent",
  severity: "error",
  needs: "exchange",
  subject: "client",
  advice: "Draw a random key for each thing that is to be done, before the first attempt, and send it with every attempt.",
  watch({ contract, tell, unobservable }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    // Whatever was answered, or whether anything was: the request was sent.
    const judge = (exchange: Exchange) => {
      const absent = absentKey(contract, exchange);
      if (absent === undefined) return;
      if (absent === "unknown") return unobservable(exchange, "idempotency key not captured");
      tell({
        on: exchange,
        say: absent.empty ? say.empty(absent.keyText) : say.absent(absent.keyText),
        place: absent.place,
        expected: absent.keyText,
        found: absent.empty ? "empty" : "absent",
        row: idempotency.missing ?? null,
      });
    };
    return { exchange: judge, unanswered: judge };
  },
};
