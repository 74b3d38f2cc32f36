import { type ErrorAnswer, rowsLeft } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { beganBefore, keyOf, keySpace, mayHaveActed } from "../../src/traffic/keys/key-claim.ts";
import { type Moment, momentOf } from "../../src/traffic/moment.ts";
import { digest, requestFingerprint } from "../../src/traffic/request-fingerprint.ts";
import { shortened } from "../../src/traffic/shortened.ts";
import { WeighedMemory, witnessWeight } from "../../src/traffic/weighed-memory.ts";

const say = messages({
  reused: (isPathSame: boolean) =>
    `The key of one request was sent with another: ${isPathSame ? "its query or body is different" : "its path is different"}.`,
});

/** A request that a key was sent with, however often it was repeated. */
interface Claim {
  readonly fingerprint: string;
  readonly path: string;
  readonly moment: Moment;
  readonly witness: Witness;
  /** An attempt may have acted, so that the key stands for this request. */
  holds: boolean;
  /** The server said that the key stands for another request. */
  isDenied: boolean;
  isTold: boolean;
}

/** Requests kept for one key. */
const limit = 8;
/** Milliseconds a key is taken to be remembered by a server whose contract does not say. */
const usualRetention = 24 * 3_600_000;

export const keyReused: Rule = {
  id: "client/key-reused",
  summary: "one idempotency key was sent with different requests",
  severity: "error",
  needs: "session",
  spans: "captures",
  subject: "client",
  advice: "Draw a new key whenever what is asked for changes; keep a key only to repeat the very same request.",
  watch({ contract, tell, unobservable, remember, witness }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const { reuse, retention = usualRetention } = idempotency;
    const claimsOfKeys = new WeighedMemory<Claim[]>({ remember });
    const isDenial = (answer: ErrorAnswer | undefined) => {
      const rows = answer?.meetings.flatMap(rowsLeft) ?? [];
      return rows.length > 0 && rows.every((row) => row === reuse);
    };
    const see = (exchange: Exchange, answer?: ErrorAnswer) => {
      const used = keyOf(contract, exchange);
      if (used === undefined) return;
      const { request } = exchange;
      const name = `${keySpace(exchange)}\n${used.operation.name}\n${digest(used.key)}`;
      const claims = claimsOfKeys.get(name) ?? [];
      const fingerprint = requestFingerprint(request);
      if (fingerprint === undefined) return unobservable(exchange, claims.length > 0 ? "request body not captured" : undefined);
      const known = claims.find((claim) => claim.fingerprint === fingerprint);
      const claim: Claim = known ?? {
        fingerprint,
        path: shortened(request.path),
        moment: momentOf(exchange),
        witness: witness(answer ?? exchange, used.place),
        holds: false,
        isDenied: false,
        isTold: false,
      };
      claim.holds ||= mayHaveActed(exchange);
      claim.isDenied ||= isDenial(answer);
      for (const other of claims) {
        const [earlier, later] = beganBefore(other.moment, claim.moment) ? [other, claim] : [claim, other];
        if (later.isTold || !(earlier.holds || later.isDenied) || !beganBefore(earlier.moment, later.moment)) continue;
        if (Number(later.moment.startedAt) - Number(earlier.moment.startedAt) > retention) continue;
        later.isTold = true;
        const isPathSame = earlier.path === later.path;
        tell({
          on: later.witness,
          say: say.reused(isPathSame),
          place: used.place,
          expected: "a key of its own",
          found: isPathSame ? "the key of another query or body" : "the key of another path",
          row: reuse ?? null,
          related: [earlier.moment.origin],
        });
      }
      if (known === undefined && claims.length < limit) claims.push(claim);
      claimsOfKeys.set(name, claims, claims.length * witnessWeight);
    };
    return { exchange: see, unanswered: see };
  },
};
