import type { Place } from "../../src/model/place.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { isPrivateServer } from "../../src/syntax/private-host.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { textsOf } from "../../src/traffic/disclosure/body-texts.ts";
import { contractWords } from "../../src/traffic/disclosure/contract-words.ts";
import { findInternalHost } from "../../src/traffic/disclosure/find-internal-host.ts";
import { headerLines } from "../../src/traffic/disclosure/header-lines.ts";
import { wordsOf } from "../../src/traffic/disclosure/request-words.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  "in-body": (status: number, what: string) => `The ${status} names ${what}.`,
  "in-header": (status: number, what: string, name: string) => `The field ${name} of the ${status} names ${what}.`,
});

/** Fields in which addresses stand. */
const fields = /^(?:location|content-location|link|refresh|server|via|x-(?!.*version).*)$/i;

export const internalAddress: Rule = {
  id: "disclosure/internal-address",
  summary: "an error names a private address or host",
  severity: "warning",
  needs: "exchange",
  advice: "Leave out what only the server's own network knows; log it instead.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        const { exchange, gateway, readable } = answer;
        const { request, response } = exchange;
        // Who asks within the network learns nothing new.
        if (isPrivateServer(request.server)) return;
        const words = wordsOf(request);
        const own = contractWords(contract);
        const tellOf = (text: string, place: Place & { kind: "header" | "body" }): boolean => {
          const host = own.has(text) ? undefined : findInternalHost(text, words);
          if (host === undefined) return false;
          if (place.kind === "body" && !words.isWhole) {
            unobservable(exchange, "request body not captured");
            return true;
          }
          tell({
            on: answer,
            say:
              place.kind === "header"
                ? say["in-header"](response.status, host.what, place.name)
                : say["in-body"](response.status, host.what),
            place,
            expected: "no address of the server's own network",
            found: quoted(host.text),
            detail: `${host.id} ${place.kind === "header" ? place.name.toLowerCase() : ""}`,
          });
          return true;
        };
        for (const [name, value] of headerLines(response.headers)) if (fields.test(name)) tellOf(value, { kind: "header", name });
        // A gateway's own body is not judged.
        if (gateway !== undefined) return;
        const isFound = textsOf(response.body).some(({ text, pointer }) => tellOf(text, { kind: "body", pointer }));
        if (!isFound && !readable) unobservable(exchange, whyUnreadable(answer));
      },
    };
  },
};
