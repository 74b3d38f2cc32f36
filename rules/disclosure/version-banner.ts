import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";

const say = messages({
  named: (name: string) => `The field ${name} tells a version of the server's software.`,
});

const fields = ["Server", "X-Powered-By"];

/** `nginx/1.18.0`, `Phusion Passenger 6.0.4`, `Jetty(9.4.43)`. A major version alone tells little. */
const version = /[/ (]v?\d{1,5}\.\d/;

export const versionBanner: Rule = {
  id: "disclosure/version-banner",
  summary: "Server or X-Powered-By names a version",
  severity: "note",
  needs: "exchange",
  advice:
    "Name the product without its version, or nothing at all: server_tokens off (nginx), ServerTokens Prod (Apache), expose_php off (PHP).",
  watch({ tell, remember }) {
    const told = remember<true>(1_000);
    return {
      error(answer) {
        const { request, response } = answer.exchange;
        for (const name of fields) {
          const value = response.headers.get(name);
          if (value === undefined || !version.test(value)) continue;
          // Every answer says the same: once a server will do.
          const key = `${request.server} ${name}`;
          if (told.get(key)) continue;
          told.set(key, true);
          tell({
            on: answer,
            say: say.named(name),
            place: { kind: "header", name },
            expected: "no version",
            found: quoted(value),
            row: null,
          });
        }
      },
    };
  },
};
