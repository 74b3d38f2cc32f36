import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";
import { whyHeadersHidden } from "../../src/traffic/shown-headers.ts";

const say = messages({
  missing: (method: string) => `The 405 refuses ${method} and does not say which methods the resource supports: it has no Allow header.`,
  refused: (method: string) => `The 405 refuses ${method}, and its Allow header lists ${method} as supported.`,
});

/** By these a request asks for another method than its own. */
const overrides = ["x-http-method-override", "x-http-method", "x-method-override"];

export const allowMissing: Rule = {
  id: "http/allow-missing",
  summary: "a 405 does not say which methods are supported",
  severity: "warning",
  needs: "exchange",
  advice: "List the methods that the resource supports in Allow, wherever the 405 is written.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway, readable } = answer;
        const { request, response } = exchange;
        if (response.status !== 405 || gateway !== undefined) return;
        // Whether it was the API that answered shows in the body.
        if (!readable) return unobservable(exchange, whyUnreadable(answer));
        const { method } = request;
        const at = { on: answer, place: { kind: "header", name: "Allow" } } as const;
        const allow = response.headers.get("allow");
        if (allow === undefined) {
          const hidden = whyHeadersHidden(exchange);
          if (hidden !== undefined) return unobservable(exchange, hidden);
          tell({ ...at, say: say.missing(method), expected: "Allow", found: "no such header" });
        } else if (listsMethod(allow, method) && !overrides.some((name) => request.headers.get(name) !== undefined))
          tell({ ...at, say: say.refused(method), expected: `Allow without ${method}`, found: quoted(allow) });
      },
    };
  },
};

function listsMethod(allow: string, method: string): boolean {
  return allow.split(",").some((each) => each.trim() === method);
}
