import type { Request } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { isJsonText } from "../../src/syntax/json-lines.ts";
import { essenceOf, isJsonType } from "../../src/syntax/media-type.ts";
import { plainly } from "../../src/syntax/wording.ts";

const say = messages({
  "bad-json": (status: number) => `A body that does not parse as JSON was answered by a ${status}.`,
  "bad-url": (status: number) => `An address with a broken percent-encoding was answered by a ${status}.`,
  "bad-probe": (status: number, probe: string) => `Malformed input (${probe}) was answered by a ${status}.`,
});

/** They say of the server what may be true: cannot, not now, not in time, or its own upstream's fault. */
const honest: readonly number[] = [501, 502, 503, 504];

/** What these probes send is bad whatever the API; `malformed` is also what others call such requests in their recordings. */
const badInput = /^(?:body|header|uri)\/|^idem\/(?:empty|too-long|other-form)$|^method\/(?:unknown|unsupported)$|malformed/;

const parserAdvice = "Catch what the parser throws, and answer 400 with the contract's error object.";

/** What mends a fault that is no parser's throw. */
const remedies: readonly (readonly [probe: RegExp, advice: string])[] = [
  [/^idem\//, "Check a key's length and characters before it is looked up or stored, and answer 400 with the contract's error object."],
  [/\/oversized$/, "Bound the size before anything is done with it, and answer what is beyond it with 413, 414 or 431."],
  [/^method\//, "Answer a method that the address does not have with 405 and Allow, and one that nobody knows with 501."],
  [/^auth\//, "Check a credential's form before it is taken apart, and answer 401 with the contract's error object."],
  [/^body\//, "Check the body before its members are used, and answer 400 with the contract's error object."],
];

export const crashedOnBadInput: Rule = {
  id: "disclosure/crashed-on-bad-input",
  summary: "bad input was answered by a server error",
  severity: "error",
  needs: "exchange",
  advice: parserAdvice,
  watch({ tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway } = answer;
        const { request, response, probe } = exchange;
        const { status } = response;
        if (status < 500 || honest.includes(status) || gateway !== undefined) return;
        const fault = faultOf(request);
        const sent = fault === undefined && badInput.test(probe?.id ?? "") ? probe?.id : undefined;
        if (fault === undefined && sent === undefined) {
          if (sendsJson(request)) unobservable(exchange, whyUnknown(request));
          return;
        }
        tell({
          on: answer,
          say: fault === undefined ? say["bad-probe"](status, plainly(sent, 60)) : say[fault](status),
          place: { kind: "status" },
          expected: "400, or another status that names the client's fault",
          found: String(status),
          ...(sent !== undefined && { detail: sent, advice: adviceFor(sent) }),
          ...(probe?.live !== true && { severity: "warning" }),
        });
      },
    };
  },
};

function adviceFor(probe: string): string {
  return remedies.find(([about]) => about.test(probe))?.[1] ?? parserAdvice;
}

/** What is wrong with a request, whatever the API: undefined = nothing, or nothing that can be seen. */
function faultOf(request: Request): "bad-json" | "bad-url" | undefined {
  if (/%(?![0-9a-f]{2})/i.test(`${request.path}?${request.query}`)) return "bad-url";
  if (whyUnknown(request) !== undefined || !sendsJson(request)) return undefined;
  return isJsonText(request.body.text()) ? undefined : "bad-json";
}

function sendsJson({ headers, body }: Request): boolean {
  return isJsonType(essenceOf(headers.get("content-type") ?? body.mediaType));
}

/** Why a request's body cannot be judged. A capture that hides secrets may break the JSON they stand in. */
function whyUnknown({ body }: Request): string | undefined {
  if (body.state === "not-captured") return "request body not captured";
  if (body.truncated) return "request body cut off in the capture";
  return /redact|\[masked|\*{3}/i.test(body.head(10_000)) ? "request body redacted in the capture" : undefined;
}
