import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { credentialsInUrl } from "../../src/traffic/disclosure/url-credential.ts";

const say = messages({
  declared: (name: string, of: string) => `The credential of ${of} stands in the URL as well, as ${name}.`,
  named: (name: string) => `A credential stands in the URL, as ${name}.`,
  shaped: (name: string, what: string) => `The query member ${name} has the shape of ${what}.`,
});

export const credentialInUrl: Rule = {
  id: "client/credential-in-url",
  summary: "a credential stands in the URL",
  severity: "warning",
  needs: "exchange",
  subject: "client",
  advice: "Send it in the header that the contract names, and replace it: URLs are kept in logs, histories and Referer fields.",
  watch({ contract, tell }) {
    const { credentials } = contract.authentication;
    // Whatever was answered, or whether anything was: the URL was sent.
    const judge = (exchange: Exchange) => {
      if (exchange.request.query === "") return;
      for (const { name, shows } of credentialsInUrl(exchange.request, credentials, exchange.account !== undefined)) {
        const shown = quoted(name, 40);
        tell({
          on: exchange,
          say:
            shows.by === "value" ? say.declared(shown, shows.of) : shows.by === "name" ? say.named(shown) : say.shaped(shown, shows.what),
          place: { kind: "url" },
          expected: "no credential in the URL",
          found: `a value of ${shown}`,
          detail: name.toLowerCase(),
          row: null,
        });
      }
    };
    return { exchange: judge, unanswered: judge };
  },
};
