import { type ErrorAnswer, type Idempotency, rowsLeft } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { keyOf, keySpace } from "../../src/traffic/keys/key-claim.ts";
import { type Moment, momentOf, precedes } from "../../src/traffic/moment.ts";
import { digest, requestFingerprint } from "../../src/traffic/request-fingerprint.ts";

const say = messages({
  misanswered: (status: number, promised: string) =>
    `Of two requests sent at once with one key, one was done and the other answered ${status}; the contract promises ${promised}.`,
  crashed: (status: number) => `Of two requests sent at once with one key, one was done and the other answered ${status}.`,
});

/** `done`: 2xx; `passing`: an answer as declared, or one that says nothing of the key. */
type Outcome = "done" | "refused" | "crashed" | "passing";

interface Attempt {
  readonly moment: Moment;
  readonly outcome: Outcome;
  readonly witness: Witness;
}

export const inFlightMisanswered: Rule = {
  id: "idempotency/in-flight-misanswered",
  summary: "a request was sent twice at once with one key, and the second is answered otherwise than declared",
  severity: "warning",
  needs: "session",
  spans: "captures",
  advice:
    "Store the key before the work begins; answer whoever comes meanwhile with the declared row, or with the first answer once it is there.",
  watch({ contract, tell, remember, witness }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const attempts = remember<Attempt[]>();
    const judge = (done: Attempt, other: Attempt) => {
      const { inFlight } = idempotency;
      const { status } = other.witness;
      const promised = inFlight === undefined ? undefined : `${inFlight.status.text} ${inFlight.name}`;
      const common = {
        on: other.witness,
        place: { kind: "status" },
        expected: `the first answer, or ${promised ?? "a refusal"}`,
        found: String(status),
        related: [done.moment.origin],
        row: inFlight ?? null,
      } as const;
      if (other.outcome === "crashed") tell({ ...common, say: say.crashed(status) });
      else if (other.outcome === "refused" && promised !== undefined) tell({ ...common, say: say.misanswered(status, promised) });
    };
    return {
      exchange(exchange, answer) {
        // A client's own duplicates may have waited anywhere on their way; only those sent on purpose surely met.
        if (exchange.probe?.live !== true) return;
        const used = keyOf(contract, exchange);
        const fingerprint = used && requestFingerprint(exchange.request);
        if (used === undefined || fingerprint === undefined) return;
        const attempt: Attempt = {
          moment: momentOf(exchange),
          outcome: outcomeOf(exchange, answer, idempotency),
          witness: witness(answer ?? exchange, { kind: "status" }),
        };
        const name = [keySpace(exchange), digest(used.key), fingerprint].join("\n");
        const others = attempts.get(name) ?? [];
        for (const other of others) {
          if (!areConcurrent(other.moment, attempt.moment)) continue;
          if (other.outcome === "done") judge(other, attempt);
          else if (attempt.outcome === "done") judge(attempt, other);
        }
        attempts.set(name, [...others, attempt].slice(-4));
      },
    };
  },
};

function outcomeOf({ response: { status } }: Exchange, answer: ErrorAnswer | undefined, { inFlight }: Idempotency): Outcome {
  if (answer === undefined) return status >= 200 && status < 300 ? "done" : "passing";
  if (answer.gateway !== undefined || [401, 408, 425, 429, 502, 503, 504].includes(status)) return "passing";
  const rows = answer.meetings.flatMap(rowsLeft);
  if (inFlight !== undefined && rows.includes(inFlight)) return "passing";
  return status >= 500 ? "crashed" : "refused";
}

/** Were both under way at one time? Those of one moment too. */
function areConcurrent(a: Moment, b: Moment): boolean {
  if ([a, b].some(({ startedAt, endedAt }) => startedAt === undefined || endedAt === undefined)) return false;
  return precedes(a, b) === precedes(b, a);
}
