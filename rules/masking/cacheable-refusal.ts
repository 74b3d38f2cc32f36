import { messages, type Rule } from "../../src/model/rule.ts";
import { mayBeReused } from "../../src/syntax/cache-control.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { meetingWhere } from "../../src/traffic/duty.ts";

const say = messages({
  cacheable: (status: number, resource: string) =>
    `A cache may keep the ${status} of a masked ${resource}, and answer with it after the account was given access.`,
});

export const cacheableRefusal: Rule = {
  id: "masking/cacheable-refusal",
  summary: "a cache may keep the refusal of a masked resource",
  severity: "note",
  needs: "exchange",
  advice: "Send Cache-Control: no-store with errors.",
  watch({ contract, tell }) {
    if (contract.masking.length === 0) return {};
    return {
      error(answer) {
        const { exchange, gateway } = answer;
        const { request, response } = exchange;
        if (gateway !== undefined || !/^(?:GET|HEAD)$/.test(request.method)) return;
        const resources = contract.resourcesOf(request);
        const resource = resources.at(-1);
        const isMask = meetingWhere(answer, (row) => resources.some(({ masking }) => masking.answer === row)) !== undefined;
        if (resource === undefined || !isMask || !mayBeReused(response.status, response.headers)) return;
        tell({
          on: answer,
          say: say.cacheable(response.status, resource.masking.resource),
          place: { kind: "header", name: "Cache-Control" },
          expected: "no-store",
          found: quoted(response.headers.get("cache-control")),
          detail: resource.masking.resource,
        });
      },
    };
  },
};
