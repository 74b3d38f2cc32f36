import { messages, type Rule } from "../../src/model/rule.ts";

const say = messages({
  head: (status: number) => `The ${status} that answers a HEAD request has content; HTTP gives it none.`,
  noContent: () => "The 204 has content; HTTP gives it none.",
});

export const contentForbidden: Rule = {
  id: "http/content-forbidden",
  summary: "an answer has content where HTTP allows none",
  severity: "warning",
  needs: "exchange",
  advice: "End the answer after its header; on a kept connection the content is read as the beginning of the next answer.",
  watch({ contract, tell }) {
    return {
      // A 304 is no case: captures show it with what the cache held.
      exchange(exchange, answer) {
        const { status, body } = exchange.response;
        const isHead = answer !== undefined && exchange.request.method === "HEAD";
        const isNoContent = status === 204 && contract.operationsOf(exchange.request).length > 0;
        if ((!isHead && !isNoContent) || body.head(200).trim() === "") return;
        tell({
          on: answer ?? exchange,
          say: isHead ? say.head(status) : say.noContent(),
          place: { kind: "body", pointer: "" },
          expected: "no content",
          found: "content",
        });
      },
    };
  },
};
