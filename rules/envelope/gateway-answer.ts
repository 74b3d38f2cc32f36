import { messages, type Rule } from "../../src/model/rule.ts";

const say = messages({
  answered: (status: number, who: string) =>
    `The ${status} came from ${who} in front of the API: its body is not the API's, and is not judged.`,
  declared: (status: number, envelope: string) =>
    `The ${status} came in the envelope ${envelope}, which is not the API's but that of somebody in front of it: its body is not judged.`,
});

export const gatewayAnswer: Rule = {
  id: "envelope/gateway-answer",
  summary: "somebody in front of the API answered",
  severity: "note",
  needs: "exchange",
  spans: "captures",
  advice:
    "Find out why the API could not answer; let the gateway's own errors carry the envelope, or declare them as an intermediary envelope.",
  watch({ tell }) {
    return {
      error(answer) {
        if (answer.gateway === undefined) return;
        const { status } = answer.exchange.response;
        const isDeclared = answer.envelope?.intermediary === true;
        tell({
          on: answer,
          say: isDeclared ? say.declared(status, answer.gateway) : say.answered(status, answer.gateway),
          place: { kind: "status" },
          expected: "an answer of the API itself",
          found: `${status} by ${answer.gateway}`,
          detail: `${status} ${answer.gateway}`,
        });
      },
    };
  },
};
