import type { Envelope } from "../../src/model/contract.ts";
import { isObject, type Json } from "../../src/model/json.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { splitPointer } from "../../src/syntax/json-pointer.ts";
import { essenceOf, isJsonType } from "../../src/syntax/media-type.ts";
import { quoted } from "../../src/syntax/wording.ts";

const say = messages({
  disguised: (status: number, name: string) => `A ${status} carries the error ${name}: the status says success, the body says failure.`,
});

export const onSuccess: Rule = {
  id: "envelope/on-success",
  summary: "a success status carries an error",
  severity: "error",
  needs: "exchange",
  advice: "Answer a failure with its error status; keep 2xx for what succeeded.",
  watch({ contract, tell }) {
    const envelope = contract.envelopes[0];
    if (envelope === undefined) return {};
    return {
      exchange(exchange, answer) {
        const { status, headers, body } = exchange.response;
        if (answer !== undefined || status < 200 || status > 299) return;
        const errors = contract.findErrors(body);
        const error = errors?.objects[0];
        if (errors === undefined || error === undefined) return;
        const essence = essenceOf(headers.get("content-type") ?? body.mediaType);
        if (essence !== undefined && !isJsonType(essence)) return;
        const parsed = body.json();
        if (!parsed.ok || !standsAlone(parsed.value, errors.pointer, envelope)) return;
        const name = quoted((error.role("code") ?? error.role("type"))?.value);
        tell({
          on: exchange,
          say: say.disguised(status, name),
          place: { kind: "body", pointer: error.pointer },
          expected: "an error status",
          found: `${status} with ${name}`,
          detail: name,
        });
      },
    };
  },
};

/** Has the body nothing beside the error: no other member on the way to it, and at the root none that the envelope does not name? */
function standsAlone(body: Json, pointer: string, { members }: Envelope): boolean {
  const named = new Set(Object.values(members).flatMap((sources) => sources.map((source) => splitPointer(source.replace(/^#/, ""))[0])));
  if (pointer === "") return !isObject(body) || Object.keys(body).every((name) => named.has(name));
  let value: Json | undefined = body;
  for (const token of splitPointer(pointer)) {
    if (!isObject(value) || Object.keys(value).length !== 1) return false;
    value = value[token];
  }
  return true;
}
