import { type Row, rowsLeft } from "../../src/model/contract.ts";
import { rateLimitScope } from "../../src/model/rate-limit-scope.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { isLimitRow, judgeRetryAfter } from "../../src/syntax/retry-after-verdict.ts";
import { countBetween } from "../../src/syntax/time-window.ts";

const say = messages({
  stillLimited: (wait: number) =>
    `The client was told to wait ${wait} s, waited longer, and was turned away again without having used up the limit.`,
});

/** One time a client was turned away. Times in milliseconds. */
interface Refusal {
  readonly start: number;
  readonly end: number;
  /** Seconds; undefined = none that can be relied on. */
  readonly wait: number | undefined;
  readonly row: Row;
  readonly witness: Witness;
}

interface Session {
  readonly starts: number[];
  readonly refusals: Refusal[];
}

/** What a session holds at most; what came before its second half was judged by then. */
const limits = { starts: 100_000, refusals: 2_000 } as const;

export const notReleased: Rule = {
  id: "rate-limit/not-released",
  summary: "a client is still limited after the announced wait",
  severity: "warning",
  needs: "session",
  advice:
    "Announce the time at which the limiter will really let the next request pass; do not start the window anew on a refused request.",
  watch({ contract, tell, unobservable, remember, witness }) {
    const { rateLimit } = contract;
    if (rateLimit === undefined || !contract.rows.some(isLimitRow)) return {};
    let capture = "";
    const sessions = remember<Session>(1_000);
    const keys = new Set<string>();

    const judge = ({ starts, refusals }: Session) => {
      if (refusals.length < 2) return;
      starts.sort((a, b) => a - b);
      refusals.sort((a, b) => a.start - b.start);
      for (const again of refusals) {
        const before = refusals.findLast((refusal) => refusal.row === again.row && refusal.end <= again.start);
        if (before?.wait === undefined) continue;
        const late = again.start - before.end - before.wait * 1000;
        // One second is the field's own resolution; after another window anything may have used up the limit.
        if (late < 1000 || late > rateLimit.window * 1000) continue;
        if (countBetween(starts, before.end, again.start) >= rateLimit.requests) continue;
        tell({
          on: again.witness,
          say: say.stillLimited(before.wait),
          place: { kind: "status" },
          expected: `served after ${before.wait} s`,
          found: `${again.witness.status} after ${Math.floor((again.start - before.end) / 1000)} s`,
          related: [before.witness.origin],
        });
      }
    };
    const judgeAll = () => {
      for (const key of keys) {
        const session = sessions.get(key);
        if (session !== undefined) judge(session);
        sessions.delete(key);
      }
      keys.clear();
    };

    return {
      exchange(exchange, answer) {
        if (exchange.origin.capture !== capture) judgeAll();
        capture = exchange.origin.capture;
        const key = rateLimitScope(contract, exchange);
        const { startedAt: start, endedAt: end } = exchange;
        const row = answer?.meetings.length === 1 && answer.meetings[0] ? rowsLeft(answer.meetings[0]) : [];
        const limited = answer !== undefined && row.length === 1 && row[0] !== undefined && isLimitRow(row[0]) ? row[0] : undefined;
        if (key === undefined || start === undefined) {
          if (limited) unobservable(exchange, key === undefined ? "account unknown" : "time unknown");
          return;
        }
        let session = sessions.get(key);
        if (session === undefined) {
          session = { starts: [], refusals: [] };
          sessions.set(key, session);
          keys.add(key);
        }
        session.starts.push(start);
        if (limited && answer && end !== undefined) {
          const verdict = judgeRetryAfter(answer, contract);
          const wait = verdict.kind === "fine" ? verdict.seconds : undefined;
          session.refusals.push({ start, end, wait, row: limited, witness: witness(answer, { kind: "status" }) });
        }
        if (session.starts.length < limits.starts && session.refusals.length < limits.refusals) return;
        judge(session);
        sessions.delete(key);
      },
      end: judgeAll,
    };
  },
};
