import type { Body } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { essenceOf, isJsonType } from "../../src/syntax/media-type.ts";

const say = messages({
  missing: (status: number) => `The ${status} has a body and no Content-Type header: clients must guess what it is.`,
});

export const contentTypeMissing: Rule = {
  id: "http/content-type-missing",
  summary: "an error has a body and no Content-Type",
  severity: "warning",
  needs: "exchange",
  advice: "Send Content-Type with the media type of the envelope, wherever the error is written.",
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway } = answer;
        const { status, headers, body } = exchange.response;
        if (gateway !== undefined || headers.get("content-type") !== undefined) return;
        if (body.state === "not-captured") return unobservable(exchange, "body not captured");
        if (body.state === "empty") return;
        if (headers.lines().length === 0 || wasTaken(body)) return unobservable(exchange, "headers not captured");
        tell({
          on: answer,
          say: say.missing(status),
          place: { kind: "header", name: "Content-Type" },
          expected: "Content-Type",
          found: "no such header",
        });
      },
    };
  },
};

/** A type beside the body that nobody guesses from the bytes was taken from the header: the capture left the field out. */
function wasTaken({ mediaType }: Body): boolean {
  return mediaType !== undefined && (mediaType.includes(";") || isJsonType(essenceOf(mediaType)));
}
