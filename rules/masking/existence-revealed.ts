import { maskingProvision } from "../../src/model/provision.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { withArticle } from "../../src/syntax/wording.ts";

const say = messages({
  revealed: (status: number, resource: string, promised: string) =>
    `The ${status} admits that this ${resource} exists; the contract promises a ${promised}, as for one that does not.`,
  revealedInFront: (status: number, resource: string, who: string) =>
    `A ${status} for ${withArticle(resource)}, by the looks of it from ${who}: if it depends on whose ${resource} it is, it admits that it exists.`,
});

export const existenceRevealed: Rule = {
  id: "masking/existence-revealed",
  summary: "a masked resource is refused with a status that admits it exists",
  severity: "error",
  needs: "exchange",
  advice: "Answer a resource that is not the caller's exactly as one that does not exist.",
  watch({ tell, cover }) {
    return {
      error(answer) {
        const { reveals, gateway, exchange } = answer;
        if (reveals === undefined) return;
        const { status } = exchange.response;
        cover(exchange, maskingProvision(reveals), "broken");
        const promised = `${reveals.answer.status.text} ${reveals.answer.name}`;
        tell({
          on: answer,
          say:
            gateway === undefined
              ? say.revealed(status, reveals.resource, promised)
              : say.revealedInFront(status, reveals.resource, gateway),
          place: { kind: "status" },
          expected: promised,
          found: String(status),
          detail: `${reveals.resource} ${status}`,
          severity: gateway === undefined ? "error" : "warning",
          row: reveals.answer,
          provision: maskingProvision(reveals),
        });
      },
    };
  },
};
