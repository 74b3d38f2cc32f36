import { messages, type Rule } from "../../src/model/rule.ts";
import { differingMember } from "../../src/traffic/body-digest.ts";
import { isStored, type KeyUse, ofOneRequest } from "../../src/traffic/keys/key-use.ts";
import { keyUses } from "../../src/traffic/keys/key-uses.ts";
import { sameIdentity } from "../../src/traffic/keys/resource-identity.ts";

const say = messages({
  unmarked: (name: string) =>
    `A repeated request was answered with the first answer, and not marked as a replay: it has no ${name} header.`,
});

export const replayUnmarked: Rule = {
  id: "idempotency/replay-unmarked",
  summary: "a replayed answer does not say that it is one",
  severity: "warning",
  needs: "session",
  spans: "captures",
  advice: "Send the header with every answer that is taken from the store of keys.",
  watch({ contract, tell, unobservable, study }) {
    const { idempotency } = contract;
    if (idempotency?.replayHeader === undefined) return {};
    const name = idempotency.replayHeader;
    const uses = study(keyUses);
    const fits = (earlier: KeyUse, later: KeyUse) => isStored(idempotency, earlier) && ofOneRequest(earlier, later);
    return {
      exchange(exchange) {
        const { noted } = uses;
        if (noted === undefined) return;
        for (const [first, second] of uses.pairsOf(noted, fits)) {
          // Of two that were sent nearly at once, the one that was marked is the later one, whatever the clock says.
          if (first.mark === "present" || second.mark === "present" || first.status !== second.status) continue;
          const isSame = isSameAnswer(first, second);
          if (isSame === undefined) unobservable(exchange, "body not captured");
          else if (isSame && second.mark === "unknown") unobservable(exchange, "response headers not captured");
          else if (isSame)
            tell({
              on: second.on,
              say: say.unmarked(name),
              place: { kind: "header", name },
              expected: name,
              found: "no such header",
              related: [first.moment.origin],
            });
        }
      },
    };
  },
};

/** Is the second answer the first again, as far as both show? Another one may be no replay at all. */
function isSameAnswer(first: KeyUse, second: KeyUse): boolean | undefined {
  if (sameIdentity(first.identity, second.identity) === false) return false;
  if (first.body === undefined || second.body === undefined) return undefined;
  return differingMember(first.body, second.body) === undefined;
}
