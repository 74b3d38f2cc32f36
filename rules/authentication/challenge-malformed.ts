import { messages, type Rule, type Said } from "../../src/model/rule.ts";
import { type ChallengeFault, challengeFault, parseChallenges } from "../../src/syntax/challenge.ts";
import { plainly, quoted } from "../../src/syntax/wording.ts";
import { isForeignVoice } from "../../src/traffic/duty.ts";

const say = messages({
  unreadable: (rest: string) => `WWW-Authenticate cannot be read from ${rest} on: a client does not learn how to authenticate.`,
  repeated: (scheme: string, name: string) => `The ${scheme} challenge gives its parameter ${name} more than once.`,
  bare: () => "The Bearer challenge stands alone; it must have one parameter at least.",
  noRealm: () => "The Basic challenge has no realm.",
  bareRealm: (scheme: string) => `The realm of the ${scheme} challenge is not in quotes.`,
  unknownError: (error: string) => `The Bearer challenge names the error ${error}, which no client can know.`,
});

/** No server takes longer ones. */
const longest = 8_192;

export const challengeMalformed: Rule = {
  id: "authentication/challenge-malformed",
  summary: "a challenge is not one that a client can read",
  severity: "warning",
  needs: "exchange",
  advice: 'Write a scheme and its parameters, the values in quotes, with commas between: Bearer realm="api", error="invalid_token".',
  watch({ tell }) {
    return {
      error(answer) {
        const text = answer.exchange.response.headers.get("www-authenticate");
        if (text === undefined || text.length > longest || isForeignVoice(answer)) return;
        const fault = faultIn(text);
        if (fault === undefined) return;
        tell({
          on: answer,
          say: fault.said,
          place: { kind: "header", name: "WWW-Authenticate" },
          expected: 'challenges such as Bearer realm="api"',
          found: fault.kind,
          detail: fault.kind,
          severity: fault.kind === "unknown-error" ? "note" : "warning",
        });
      },
    };
  },
};

/** The first fault of a field's challenges. */
function faultIn(text: string): { readonly kind: string; readonly said: Said } | undefined {
  const parsed = parseChallenges(text);
  if (!parsed.ok) return { kind: "malformed", said: say.unreadable(quoted(text.slice(parsed.at).trimStart(), 30)) };
  for (const challenge of parsed.challenges) {
    const fault = challengeFault(challenge);
    if (fault !== undefined) return { kind: fault.kind, said: sayOf(plainly(challenge.scheme, 20), fault) };
  }
  return undefined;
}

function sayOf(scheme: string, fault: ChallengeFault): Said {
  switch (fault.kind) {
    case "repeated":
      return say.repeated(scheme, plainly(fault.name, 20));
    case "bare":
      return say.bare();
    case "no-realm":
      return say.noRealm();
    case "bare-realm":
      return say.bareRealm(scheme);
    case "unknown-error":
      return say.unknownError(quoted(fault.error, 40));
  }
}
