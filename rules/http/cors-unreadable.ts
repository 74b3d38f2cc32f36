import type { ErrorAnswer } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { crossOriginOf } from "../../src/traffic/cross-origin.ts";
import { shortened } from "../../src/traffic/shortened.ts";
import { whyHeadersHidden } from "../../src/traffic/shown-headers.ts";

const say = messages({
  hidden: (status: number) =>
    `The ${status} has no Access-Control-Allow-Origin, though successes of the same operation have: a page's script cannot read it.`,
  waitHidden: (status: number) =>
    `A page's script cannot read the ${status}'s Retry-After: Access-Control-Expose-Headers does not list it.`,
});

const [allow, expose] = ["Access-Control-Allow-Origin", "Access-Control-Expose-Headers"] as const;

export const corsUnreadable: Rule = {
  id: "http/cors-unreadable",
  summary: "a page's script can read successes, and not the error",
  severity: "warning",
  needs: "session",
  advice: "Set the CORS headers before anything can refuse the request, and expose Retry-After.",
  watch({ contract, tell, unobservable, remember, witness }) {
    /** Whether the successes of an operation let an origin read them; until one was seen, the first error that does not. */
    const seen = remember<"readable" | Witness>(1_000);
    const keyOf = ({ timeline, request }: Exchange, origin: string) =>
      [timeline, request.server, origin, contract.operationsOf(request)[0]?.name ?? request.path].map((part) => shortened(part)).join("\n");
    const tellHidden = (on: ErrorAnswer | Exchange | Witness, status: number) =>
      tell({ on, say: say.hidden(status), place: { kind: "header", name: allow }, expected: allow, found: "no such header" });
    const judge = (on: ErrorAnswer | Exchange, exchange: Exchange, origin: string) => {
      const hidden = whyHeadersHidden(exchange);
      if (hidden !== undefined) return unobservable(exchange, hidden);
      const key = keyOf(exchange, origin);
      const known = seen.get(key);
      if (known === "readable") tellHidden(on, exchange.response.status);
      else if (known === undefined) seen.set(key, witness(on, { kind: "header", name: allow }));
    };
    return {
      exchange(exchange, answer) {
        const { status, headers } = exchange.response;
        if (answer === undefined && (status < 200 || status >= 300)) return;
        const origin = crossOriginOf(exchange);
        if (origin === undefined || answer?.gateway !== undefined) return;
        const isAllowed = headers.get(allow) !== undefined;
        if (answer === undefined) {
          if (!isAllowed) return;
          const key = keyOf(exchange, origin);
          const known = seen.get(key);
          if (known === "readable") return;
          if (known !== undefined) tellHidden(known, known.status);
          seen.set(key, "readable");
        } else if (!isAllowed) judge(answer, exchange, origin);
        else if (headers.get("retry-after") !== undefined && !exposesWait(headers.get(expose)))
          tell({
            on: answer,
            say: say.waitHidden(status),
            place: { kind: "header", name: expose },
            expected: "Retry-After",
            found: quoted(headers.get(expose)),
          });
      },
      // Browsers record an answer that CORS keeps from the page as a request that failed. From 502 on, it is the proxy's as a rule.
      unanswered(exchange) {
        const { status, headers } = exchange.response;
        const origin = status >= 400 && status < 502 ? crossOriginOf(exchange) : undefined;
        if (origin !== undefined && headers.get(allow) === undefined) judge(exchange, exchange, origin);
      },
    };
  },
};

function exposesWait(list: string | undefined): boolean {
  return (list ?? "").split(",").some((name) => /^(?:retry-after|\*)$/i.test(name.trim()));
}
