import type { Place } from "../../src/model/place.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { textsOf } from "../../src/traffic/disclosure/body-texts.ts";
import { contractWords } from "../../src/traffic/disclosure/contract-words.ts";
import { type FoundSecret, findSecret } from "../../src/traffic/disclosure/find-secret.ts";
import { headerLines } from "../../src/traffic/disclosure/header-lines.ts";
import { credentialsIn } from "../../src/traffic/disclosure/request-credentials.ts";
import { wordsOf } from "../../src/traffic/disclosure/request-words.ts";
import { whyUnreadable } from "../../src/traffic/error-body.ts";

const say = messages({
  echoed: (status: number, what: string) => `The ${status} repeats the credential from the request's ${what}.`,
  decoded: (status: number, what: string) => `The ${status} repeats, decoded from base64, the credential from the request's ${what}.`,
  shape: (status: number, what: string) => `The ${status} holds what has the shape of ${what}.`,
});

export const secretEchoed: Rule = {
  id: "disclosure/secret-echoed",
  summary: "an error repeats a secret",
  severity: "error",
  needs: "exchange",
  advice:
    "Leave the secret out, or show its last four characters: errors end up in logs, in tickets and in screenshots. Replace a key that was shown.",
  watch({ contract, tell, unobservable }) {
    return {
      error(answer) {
        // A secret is out whoever repeats it: a gateway's answer is judged as well.
        const { exchange, readable } = answer;
        const { request, response } = exchange;
        const carried = credentialsIn(request, contract.authentication.credentials);
        const words = wordsOf(request);
        const own = contractWords(contract);
        const told = new Set<FoundSecret["kind"]>();
        const look = (text: string, place: Place) => {
          const found = own.has(text) ? undefined : findSecret(text, carried, words.says);
          if (found === undefined || told.has(found.kind)) return;
          told.add(found.kind);
          tell({
            on: answer,
            say: say[found.kind](response.status, found.what),
            place,
            expected: "no secret, or its last four characters",
            found: found.kind === "shape" ? found.what : `the ${found.what}'s value`,
            detail: found.what,
          });
        };
        for (const { text, pointer } of textsOf(response.body)) look(text, { kind: "body", pointer });
        // A new cookie may hold the session it is of.
        for (const [name, value] of headerLines(response.headers))
          if (name.toLowerCase() !== "set-cookie") look(value, { kind: "header", name });
        if (told.size === 0 && !readable) unobservable(exchange, whyUnreadable(answer));
      },
    };
  },
};
