import { idempotencyProvision } from "../../src/model/provision.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { type KeyUse, ofOneRequest } from "../../src/traffic/keys/key-use.ts";
import { keyUses } from "../../src/traffic/keys/key-uses.ts";
import { nameOf, sameIdentity } from "../../src/traffic/keys/resource-identity.ts";

const say = messages({
  repeated: (first: string, second: string) => `One key and request made two things: ${first}, then ${second}.`,
});

export const replayRepeats: Rule = {
  id: "idempotency/replay-repeats",
  summary: "a repeated request with the same key acted again",
  severity: "error",
  needs: "session",
  spans: "captures",
  advice: "Claim the key in the same transaction that acts, so that a second request finds it taken.",
  watch({ contract, tell, cover, study }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const uses = study(keyUses);
    const isReplay = (earlier: KeyUse, later: KeyUse) =>
      earlier.outcome === "done" && later.outcome === "done" && ofOneRequest(earlier, later);
    const actsAgain = (earlier: KeyUse, later: KeyUse) =>
      isReplay(earlier, later) && sameIdentity(earlier.identity, later.identity) === false;
    return {
      exchange(exchange) {
        const { noted } = uses;
        if (noted === undefined) return;
        const provision = idempotencyProvision(noted.operation, "replay");
        const pairs = uses.pairsOf(noted, actsAgain, true);
        for (const [first, second] of pairs) {
          cover(exchange, provision, "broken");
          tell({
            on: second.on,
            say: say.repeated(nameOf(first.identity), nameOf(second.identity)),
            place: { kind: "exchange" },
            expected: nameOf(first.identity),
            found: nameOf(second.identity),
            related: [first.moment.origin],
            row: null,
            provision,
          });
        }
        // Where the whole answer is promised, replay-differs says that it was kept.
        if (pairs.length > 0 || idempotency.replay !== "same-effect") return;
        for (const [first, second] of uses.pairsOf(noted, isReplay))
          cover(exchange, provision, sameIdentity(first.identity, second.identity) === undefined ? "not observable" : "kept");
      },
    };
  },
};
