import type { Exchange } from "../../src/model/exchange.ts";
import { idempotencyProvision } from "../../src/model/provision.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { differingMember } from "../../src/traffic/body-digest.ts";
import { isStored, type KeyUse, ofOneRequest } from "../../src/traffic/keys/key-use.ts";
import { keyUses } from "../../src/traffic/keys/key-uses.ts";
import { sameIdentity } from "../../src/traffic/keys/resource-identity.ts";

const say = messages({
  refused: (first: number, second: number) =>
    `A repeated request with the same key was refused with ${second}, though the first was answered ${first}.`,
  status: (first: number, second: number) => `A repeated request with the same key was answered ${second}, the first ${first}.`,
  body: (member: string) => `A repeated request with the same key was answered with another body than the first: ${member} differs.`,
});

export const replayDiffers: Rule = {
  id: "idempotency/replay-differs",
  summary: "the same key and request got another answer",
  severity: "error",
  needs: "session",
  spans: "captures",
  advice: "Store the first answer with the key, status and body, and send it again.",
  watch({ contract, tell, unobservable, cover, study }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const { replay } = idempotency;
    const uses = study(keyUses);
    const severity = replay === "same-response" ? "error" : "note";
    const fits = (earlier: KeyUse, later: KeyUse) => isStored(idempotency, earlier) && ofOneRequest(earlier, later);
    /** What came of a pair; undefined = it is not this rule's to judge. */
    const judge = (first: KeyUse, second: KeyUse, exchange: Exchange, provision: string) => {
      const bothDone = first.outcome === "done" && second.outcome === "done";
      // That the replay acted again is told by replay-repeats.
      if (bothDone && (replay === "same-effect" || sameIdentity(first.identity, second.identity) === false)) return undefined;
      // That the first answer was not given again does not mean that the replay acted.
      const verdict = severity === "error" ? "broken" : "not observable";
      const breaks = verdict === "broken" ? { provision } : {};
      const common = { on: second.on, severity, related: [first.moment.origin], row: null, ...breaks } as const;
      if (first.status !== second.status) {
        const said = first.outcome === "done" && second.outcome !== "done" ? say.refused : say.status;
        const [expected, found] = [String(first.status), String(second.status)];
        tell({ ...common, say: said(first.status, second.status), place: { kind: "status" }, expected, found });
        return verdict;
      }
      if (first.body === undefined || second.body === undefined) {
        unobservable(exchange, "body not captured");
        return "not observable";
      }
      const member = differingMember(first.body, second.body);
      if (member === undefined) return "kept";
      const name = member === "" ? "all of it" : quoted(member);
      const place = { kind: "body", pointer: "" } as const;
      tell({ ...common, say: say.body(name), place, expected: "the first answer's body", found: `${name} differs`, detail: member });
      return verdict;
    };
    return {
      exchange(exchange) {
        const { noted } = uses;
        if (noted === undefined) return;
        const provision = idempotencyProvision(noted.operation, "replay");
        for (const [first, second] of uses.pairsOf(noted, fits)) {
          const verdict = judge(first, second, exchange, provision);
          if (verdict !== undefined) cover(exchange, provision, verdict);
        }
      },
    };
  },
};
