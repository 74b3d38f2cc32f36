import { maskingProvision } from "../../src/model/provision.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { limitedFor } from "../../src/traffic/waits/limited-for.ts";
import { rateLimitScope } from "../../src/traffic/waits/rate-limit-scope.ts";
import { wasServed } from "../../src/traffic/waits/was-served.ts";

const say = messages({
  differs: (resource: string, foreign: number, missing: number) =>
    `While the rate limit held, another account's ${resource} was answered ${foreign}, and one that nobody has ${missing}.`,
});

/** Milliseconds before its announced end in which a limit may well have ended. */
const slack = 1_000;
/** So many of each must be answered alike, and unlike the others. */
const enough = 2;

/** One that was asked for while the limit held. */
interface Sight {
  readonly is: "foreign" | "missing";
  readonly isLimited: boolean;
  readonly witness: Witness;
}

export const limitReveals: Rule = {
  id: "masking/limit-reveals",
  summary: "while the rate limit holds, what exists is answered otherwise than what does not",
  severity: "error",
  needs: "accounts",
  advice: "Count and refuse requests before anything is looked up.",
  watch({ contract, tell, cover, remember, witness }) {
    const releases = remember<number>();
    const sights = remember<Sight[]>();
    return {
      exchange(exchange, answer) {
        const { startedAt: start, endedAt: end, probe } = exchange;
        const scope = probe?.live === true ? rateLimitScope(contract, exchange) : undefined;
        if (scope === undefined || start === undefined || end === undefined) return;
        const before = releases.get(scope);
        const limited = answer && limitedFor(answer, contract);
        if (limited !== undefined) releases.set(scope, end + limited.seconds * 1000);
        const target = probe?.target;
        if (before === undefined || end > before - slack || target === undefined || target.is === "own") return;
        const masking = contract.masking.find(({ resource }) => resource === target.resource);
        if (masking === undefined || (limited === undefined && !wasServed(exchange, answer))) return;
        const name = [scope, target.resource, probe?.id, probe?.group].join("\n");
        const sight: Sight = { is: target.is, isLimited: limited !== undefined, witness: witness(answer ?? exchange, { kind: "status" }) };
        const all = [...(sights.get(name) ?? []), sight].slice(-4 * enough);
        sights.set(name, all);
        const [foreign, missing] = (["foreign", "missing"] as const).map((is) => all.filter((each) => each.is === is));
        const [first, other] = [foreign?.[0], missing?.[0]];
        if (first === undefined || other === undefined || all.length !== 2 * enough || first.isLimited === other.isLimited) return;
        if (all.some(({ is, isLimited }) => isLimited !== (is === "foreign" ? first : other).isLimited)) return;
        cover(exchange, maskingProvision(masking), "broken");
        tell({
          on: first.witness,
          say: say.differs(masking.resource, first.witness.status, other.witness.status),
          place: { kind: "status" },
          expected: String(other.witness.status),
          found: String(first.witness.status),
          related: [other.witness.origin],
          row: masking.answer,
          provision: maskingProvision(masking),
        });
      },
    };
  },
};
