import type { Contract, ErrorAnswer } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { statedFreshness } from "../../src/syntax/stated-freshness.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { meetingWhere } from "../../src/traffic/duty.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  forbidden: (status: number, field: string) => `The ${status} asks caches to keep it (${field}), which HTTP forbids them.`,
  outlives: (status: number, field: string) =>
    `The ${status} asks caches to keep it (${field}), so that they answer with it when the reason for it has passed.`,
});

/** No cache may store these (RFC 6585). */
const neverStored: ReadonlySet<number> = new Set([428, 429, 431, 511]);

export const errorCacheable: Rule = {
  id: "http/error-cacheable",
  summary: "an error asks to be kept by caches",
  severity: "warning",
  needs: "exchange",
  advice: "Send Cache-Control: no-store with errors; see that what sets it for successes does not touch them.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway, readable, pointer } = answer;
        const { status, headers } = exchange.response;
        const isForbidden = neverStored.has(status);
        if (gateway !== undefined || (!isForbidden && !outlivesItsReason(answer))) return;
        const freshness = statedFreshness(headers);
        if (freshness === undefined || isMask(contract, answer)) return;
        // Whether it is the API's own shows in the body; what else is served beside it may be cached for good reasons.
        if (!readable) return unobservable(exchange, whyUnreadable(answer));
        if (!isForbidden && pointer === undefined) return;
        const { field, value } = freshness;
        tell({
          on: answer,
          say: say[isForbidden ? "forbidden" : "outlives"](status, field),
          place: { kind: "header", name: field },
          expected: "no-store",
          found: quoted(value),
        });
      },
    };
  },
};

/** Only GET and HEAD are answered from a cache. */
function outlivesItsReason({ exchange: { request, response } }: ErrorAnswer): boolean {
  const { status } = response;
  return (status === 401 || status === 404 || status >= 500) && /^(?:GET|HEAD)$/.test(request.method);
}

/** What hides a masked resource is masking/cacheable-refusal's to judge. */
function isMask(contract: Contract, answer: ErrorAnswer): boolean {
  const { request } = answer.exchange;
  if (!/^(?:GET|HEAD)$/.test(request.method)) return false;
  const answers = contract.resourcesOf(request).map(({ masking }) => masking.answer);
  return meetingWhere(answer, (row) => answers.includes(row)) !== undefined;
}
