import { idempotencyProvision } from "../../src/model/provision.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { type KeyUse, ofOneAccount } from "../../src/traffic/keys/key-use.ts";
import { keyUses } from "../../src/traffic/keys/key-uses.ts";
import { sameIdentity } from "../../src/traffic/keys/resource-identity.ts";

const say = messages({
  accepted: (status: number) => `A key that belongs to another request was accepted with ${status}.`,
  misanswered: (status: number, promised: string) =>
    `A key that belongs to another request was answered ${status}; the contract promises ${promised}.`,
  leaked: () => "A key that another account had used was answered with what that account's request made.",
});

/** Statuses that may well be about the key. */
const aboutKey: ReadonlySet<number> = new Set([400, 409, 412, 422, 428]);

export const reuseAccepted: Rule = {
  id: "idempotency/reuse-accepted",
  summary: "the same key was accepted for another request",
  severity: "error",
  needs: "session",
  spans: "captures",
  advice: "Store a fingerprint of the request and the account with the key, and refuse a request that does not match.",
  watch({ contract, tell, cover, study }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const { reuse } = idempotency;
    const uses = study(keyUses);
    // The first request that was done owns the key.
    const owns = (earlier: KeyUse, later: KeyUse) => earlier.outcome === "done" && ofOneAccount(earlier, later);
    const judgeLeak = (first: KeyUse, second: KeyUse, provision: string) => {
      const apart = first.account && second.account && uses.periods.areApart(first.account, second.account);
      // A new credential of one account that repeats its request is a replay like any other.
      if (!apart && first.fingerprint === second.fingerprint) return undefined;
      tell({
        on: second.on,
        say: say.leaked(),
        place: { kind: "exchange" },
        expected: "an answer of the account's own",
        found: "another account's resource",
        severity: apart ? "error" : "warning",
        related: [first.moment.origin],
        row: reuse ?? null,
        provision,
      });
      return "broken";
    };
    const judgeReuse = (first: KeyUse, second: KeyUse, provision: string) => {
      if (first.fingerprint === undefined || second.fingerprint === undefined) return "not observable";
      if (first.fingerprint === second.fingerprint) return undefined;
      const expected = reuse === undefined ? "a refusal" : `${reuse.status.text} ${reuse.name}`;
      const common = {
        on: second.on,
        place: { kind: "status" },
        expected,
        related: [first.moment.origin],
        row: reuse ?? null,
        provision,
      } as const;
      const found = String(second.status);
      if (second.outcome === "done") {
        // Where no refusal is promised, an answer that acts on nothing new does little harm.
        const acted = reuse !== undefined || sameIdentity(first.identity, second.identity) === false;
        tell({ ...common, say: say.accepted(second.status), found, severity: acted ? "error" : "warning" });
        return "broken";
      }
      if (second.outcome === "reuse") return "kept";
      if (reuse === undefined || !isAboutKey(second)) return undefined;
      tell({ ...common, say: say.misanswered(second.status, expected), found, severity: "warning" });
      return "broken";
    };
    return {
      exchange(exchange) {
        const { noted } = uses;
        if (noted === undefined) return;
        const provision = idempotencyProvision(noted.operation, "reuse");
        const leaks = uses.pairsOf(noted, isLeak);
        const verdicts =
          leaks.length > 0
            ? leaks.map(([first, second]) => judgeLeak(first, second, provision))
            : uses.pairsOf(noted, owns).map(([first, second]) => judgeReuse(first, second, provision));
        for (const verdict of verdicts) if (verdict !== undefined) cover(exchange, provision, verdict);
      },
    };
  },
};

/** Was one account given what another's request made? Not where the path names it: then both may have it. */
function isLeak(earlier: KeyUse, later: KeyUse): boolean {
  if (earlier.outcome !== "done" || later.outcome !== "done" || earlier.account === undefined || later.account === undefined) return false;
  if (earlier.account.id === later.account.id || sameIdentity(earlier.identity, later.identity) !== true) return false;
  return !later.namesItself;
}

function isAboutKey({ status, blamesParam }: KeyUse): boolean {
  return aboutKey.has(status) && !blamesParam;
}
