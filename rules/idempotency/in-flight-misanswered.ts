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

/** `done`: 2xx; `in-flight`: as declared; `passing`: an answer that says nothing of the key. */
type Outcome = "done" | "in-flight" | "refused" | "crashed" | "passing";

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
  advice:
    "Store the key before the work begins, and answer whoever comes meanwhile with the declared row, or with the first answer once it is there.",
  watch({ contract, tell, remember, witness }) {
    const { idempotency } = contract;
    if (idempotency === undefined) return {};
    const attempts = remember<Attempt[]>();
    const judge = (done: Attempt, other: Attempt) => {
      const { inFlight } = idempotency;
      const { status } = other.witness;
      const common = { on: other.witness, place: { kind: "status" }, found: String(status), related: [done.moment.origin] } as const;
      if (other.outcome === "crashed") {
        const expected = inFlight === undefined ? "the first answer, or a refusal" : `the first answer, or ${inFlight.name}`;
        return tell({ ...common, say: say.crashed(status), expected, row: inFlight ?? null });
      }
      if (other.outcome !== "refused" || inFlight === undefined) return;
      const promised = `${inFlight.status.text} ${inFlight.name}`;
      tell({ ...common, say: say.misanswered(status, promised), expected: `the first answer, or ${promised}`, row: inFlight });
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
  if (inFlight !== undefined && rows.includes(inFlight)) return rows.length === 1 ? "in-flight" : "passing";
  return status >= 500 ? "crashed" : "refused";
}

/** Were both under way at one time? Those of one moment too. */
function areConcurrent(a: Moment, b: Moment): boolean {
  if ([a, b].some(({ startedAt, endedAt }) => startedAt === undefined || endedAt === undefined)) return false;
  return precedes(a, b) === precedes(b, a);
}
