import { messages, type Rule } from "../../src/model/rule.ts";
import { essenceOf, matchesMediaRange } from "../../src/syntax/media-type.ts";
import { listed } from "../../src/syntax/wording.ts";
import { kindOfBody, promisesJson, whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  differs: (status: number, found: string, promised: string) =>
    `The ${status} calls its body ${found}; the contract promises ${promised} for an error.`,
});

export const contentType: Rule = {
  id: "envelope/content-type",
  summary: "an error's media type is not the one the contract promises",
  severity: "error",
  needs: "exchange",
  advice: "Set the Content-Type of every error, also where the framework or a middleware writes it.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, envelope, gateway, pointer, readable } = answer;
        if (gateway !== undefined || envelope === undefined) return;
        const { response } = exchange;
        const essence = essenceOf(response.headers.get("content-type"));
        if (essence === undefined || envelope.mediaTypes.some((range) => matchesMediaRange(essence, range))) return;
        if (!readable) return unobservable(exchange, whyUnreadable(answer));
        const kind = kindOfBody(response);
        const told = promisesJson(envelope) && kind !== "other" && pointer === undefined; // by not-json or missing
        if (kind === "empty" || told) return;
        const promised = listed(envelope.mediaTypes);
        tell({
          on: answer,
          say: say.differs(response.status, essence, promised),
          place: { kind: "header", name: "Content-Type" },
          expected: promised,
          found: essence,
          detail: essence,
        });
      },
    };
  },
};
