import { messages, type Rule } from "../../src/model/rule.ts";
import { type KeyUse, KeyUses, ofOneAccount } from "../../src/traffic/key-use.ts";
import { nameOf, sameIdentity } from "../../src/traffic/resource-identity.ts";

const say = messages({
  repeated: (first: string, second: string) => `One key and request made two things: ${first}, then ${second}.`,
});

export const replayRepeats: Rule = {
  id: "idempotency/replay-repeats",
  summary: "a repeated request with the same key acted again",
  severity: "error",
  needs: "session",
  advice: "Claim the key in the same transaction that acts, so that a second request finds it taken.",
  watch({ contract, tell, remember, witness }) {
    if (contract.idempotency === undefined) return {};
    const uses = new KeyUses({ contract, remember, witness });
    const fits = (earlier: KeyUse, later: KeyUse) =>
      earlier.outcome === "done" &&
      later.outcome === "done" &&
      ofOneAccount(earlier, later) &&
      earlier.fingerprint !== undefined &&
      earlier.fingerprint === later.fingerprint &&
      sameIdentity(earlier.identity, later.identity) === false;
    return {
      exchange(exchange, answer) {
        const noted = uses.note(exchange, answer);
        if (noted === undefined) return;
        for (const [first, second] of uses.pairsOf(noted.use, noted.others, fits, true))
          tell({
            on: second.witness,
            say: say.repeated(nameOf(first.identity), nameOf(second.identity)),
            place: { kind: "exchange" },
            expected: nameOf(first.identity),
            found: nameOf(second.identity),
            related: [first.moment.origin],
            row: null,
          });
      },
    };
  },
};
