import { messages, type Rule } from "../../src/model/rule.ts";
import { AccountPeriods } from "../../src/traffic/account-periods.ts";
import { type KeyUse, KeyUses, ofOneAccount } from "../../src/traffic/key-use.ts";
import { sameIdentity } from "../../src/traffic/resource-identity.ts";

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
  advice: "Store a fingerprint of the request and the account with the key, and refuse a request that does not match.",
  watch({ contract, tell, remember, witness }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const { reuse } = idempotency;
    const uses = new KeyUses({ contract, remember, witness });
    const periods = new AccountPeriods({ remember });
    // The first request that was done owns the key.
    const owns = (earlier: KeyUse, later: KeyUse) => earlier.outcome === "done" && ofOneAccount(earlier, later);
    const judgeLeak = (first: KeyUse, second: KeyUse) => {
      const apart = first.account && second.account && periods.areApart(first.account, second.account);
      // A new credential of one account that repeats its request is a replay like any other.
      if (!apart && first.fingerprint === second.fingerprint) return;
      tell({
        on: second.witness,
        say: say.leaked(),
        place: { kind: "exchange" },
        expected: "an answer of the account's own",
        found: "another account's resource",
        severity: apart ? "error" : "warning",
        related: [first.moment.origin],
        row: reuse ?? null,
      });
    };
    const judgeReuse = (first: KeyUse, second: KeyUse) => {
      if (first.fingerprint === undefined || second.fingerprint === undefined || first.fingerprint === second.fingerprint) return;
      const expected = reuse === undefined ? "a refusal" : `${reuse.status.text} ${reuse.name}`;
      const common = {
        on: second.witness,
        place: { kind: "status" },
        expected,
        related: [first.moment.origin],
        row: reuse ?? null,
      } as const;
      const found = String(second.status);
      if (second.outcome === "done") {
        // Where no refusal is promised, an answer that acts on nothing new does little harm.
        const acted = reuse !== undefined || sameIdentity(first.identity, second.identity) === false;
        tell({ ...common, say: say.accepted(second.status), found, severity: acted ? "error" : "warning" });
      } else if (reuse !== undefined && second.outcome === "refused" && isAboutKey(second))
        tell({ ...common, say: say.misanswered(second.status, expected), found, severity: "warning" });
    };
    return {
      exchange(exchange, answer) {
        const noted = uses.note(exchange, answer);
        if (noted === undefined) return;
        periods.note(exchange);
        const { use, others } = noted;
        const leaks = uses.pairsOf(use, others, isLeak);
        for (const [first, second] of leaks) judgeLeak(first, second);
        if (leaks.length === 0) for (const [first, second] of uses.pairsOf(use, others, owns)) judgeReuse(first, second);
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
