import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { shortened } from "../../src/traffic/shortened.ts";
import { whyHeadersHidden } from "../../src/traffic/shown-headers.ts";

const say = messages({
  missing: (status: number) => `The ${status} has no Date header, though other answers of this server have one.`,
});

/** What is known of a server: that it has a clock, and the first error that did not show it. */
interface Clock {
  isShown: boolean;
  looks: number;
  undated: Witness | undefined;
}

/** Answers of a server that are looked at for a Date before it is taken for one without a clock. */
const enough = 32;

export const dateMissing: Rule = {
  id: "http/date-missing",
  summary: "errors have no Date, though other answers of the server do",
  severity: "note",
  needs: "session",
  spans: "captures",
  advice: "Send Date with errors as well: without it a client cannot turn dates, or an answer's age, into a wait.",
  watch({ tell, unobservable, remember, witness }) {
    const clocks = remember<Clock>(1_000);
    const clockOf = (server: string) => {
      const key = shortened(server);
      const known = clocks.get(key);
      if (known !== undefined) return known;
      const clock: Clock = { isShown: false, looks: 0, undated: undefined };
      clocks.set(key, clock);
      return clock;
    };
    return {
      exchange(exchange, answer) {
        const { status, headers } = exchange.response;
        const clock = clockOf(exchange.request.server);
        const isOwed = answer !== undefined && answer.gateway === undefined && status < 500;
        if (isOwed && clock.undated === undefined && headers.get("date") === undefined) {
          const hidden = whyHeadersHidden(exchange);
          // Of a server that shows no clock there is nothing to be known.
          if (hidden !== undefined) unobservable(exchange, clock.isShown ? hidden : undefined);
          else clock.undated = witness(answer, { kind: "header", name: "Date" });
        }
        if (clock.isShown || clock.looks >= enough) return;
        clock.looks++;
        clock.isShown = headers.get("date") !== undefined;
      },
      end() {
        for (const { isShown, undated } of clocks.values())
          if (isShown && undated !== undefined)
            tell({
              on: undated,
              say: say.missing(undated.status),
              place: { kind: "header", name: "Date" },
              expected: "Date",
              found: "no such header",
              row: null,
            });
      },
    };
  },
};
