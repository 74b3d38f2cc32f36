import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { differingMember } from "../../src/traffic/body-digest.ts";
import { type KeyUse, KeyUses, ofOneAccount } from "../../src/traffic/key-use.ts";
import { sameIdentity } from "../../src/traffic/resource-identity.ts";

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
  advice: "Store the first answer with the key, status and body, and send it again.",
  watch({ contract, tell, unobservable, remember, witness }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const { replay, inFlight } = idempotency;
    const uses = new KeyUses({ contract, remember, witness });
    const isStored = ({ outcome, status }: KeyUse) =>
      // A conflict may mean that the first request is under way still, where the contract has no row of its own for that.
      outcome === "done" || (replay === "same-response" && outcome === "refused" && (status !== 409 || inFlight !== undefined));
    const fits = (earlier: KeyUse, later: KeyUse) =>
      isStored(earlier) &&
      later.outcome !== "passing" &&
      ofOneAccount(earlier, later) &&
      earlier.fingerprint !== undefined &&
      earlier.fingerprint === later.fingerprint;
    const judge = (first: KeyUse, second: KeyUse, exchange: Exchange) => {
      const bothDone = first.outcome === "done" && second.outcome === "done";
      // That the replay acted again is told by replay-repeats.
      if (bothDone && (replay === "same-effect" || sameIdentity(first.identity, second.identity) === false)) return;
      const severity = replay === "same-response" ? "error" : "note";
      const common = { on: second.witness, severity, related: [first.moment.origin], row: null } as const;
      if (first.status !== second.status) {
        const said = first.outcome === "done" && second.outcome !== "done" ? say.refused : say.status;
        const [expected, found] = [String(first.status), String(second.status)];
        return tell({ ...common, say: said(first.status, second.status), place: { kind: "status" }, expected, found });
      }
      if (first.body === undefined || second.body === undefined) return unobservable(exchange, "body not captured");
      const member = differingMember(first.body, second.body);
      if (member === undefined) return;
      const name = member === "" || first.body.has("") || second.body.has("") ? "all of it" : quoted(member);
      const place = { kind: "body", pointer: "" } as const;
      tell({ ...common, say: say.body(name), place, expected: "the first answer's body", found: `${name} differs`, detail: member });
    };
    return {
      exchange(exchange, answer) {
        const noted = uses.note(exchange, answer);
        if (noted === undefined) return;
        for (const [first, second] of uses.pairsOf(noted.use, noted.others, fits)) judge(first, second, exchange);
      },
    };
  },
};
