import { rowsLeft } from "../../src/model/contract.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { type LimitedSession, refusedAfterWait } from "../../src/traffic/waits/limited-session.ts";
import { rateLimitScope } from "../../src/traffic/waits/rate-limit-scope.ts";
import { isLimitRow, judgeRetryAfter } from "../../src/traffic/waits/retry-after-verdict.ts";

const say = messages({
  stillLimited: (wait: number) =>
    `The client was told to wait ${wait} s, waited longer, and was turned away again without having used up the limit.`,
});

/** What all sessions hold together at most; they are judged then, and begun anew. */
const limits = { starts: 100_000, refusals: 2_000 } as const;

interface Session extends LimitedSession {
  readonly key: string;
}

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
    const sessions = remember<Session>(1_000);
    let held = { starts: 0, refusals: 0 };

    const judge = (session: LimitedSession) => {
      for (const { before, again, wait } of refusedAfterWait(session, rateLimit))
        tell({
          on: again.witness,
          say: say.stillLimited(wait),
          place: { kind: "status" },
          expected: `served after ${wait} s`,
          found: `${again.witness.status} after ${Math.floor((again.start - before.end) / 1000)} s`,
          related: [before.witness.origin],
          ...(before.live && again.live && { severity: "error" }),
        });
    };
    const judgeAll = () => {
      for (const session of [...sessions.values()]) {
        judge(session);
        sessions.delete(session.key);
      }
      held = { starts: 0, refusals: 0 };
    };

    return {
      exchange(exchange, answer) {
        const key = rateLimitScope(contract, exchange);
        const { startedAt: start, endedAt: end } = exchange;
        const rows = answer?.meetings.flatMap(rowsLeft) ?? [];
        const limited = rows.length === 1 && rows[0] !== undefined && isLimitRow(rows[0]) ? rows[0] : undefined;
        if (key === undefined || start === undefined) {
          if (limited) unobservable(exchange, key === undefined ? "account unknown" : "time unknown");
          return;
        }
        let session = sessions.get(key);
        if (session === undefined) {
          session = { key, starts: [], refusals: [] };
          sessions.set(key, session);
        }
        session.starts.push(start);
        held.starts++;
        if (limited && answer && end !== undefined) {
          const verdict = judgeRetryAfter(answer, contract);
          const wait = verdict.kind === "fine" ? verdict.seconds : undefined;
          const live = exchange.probe?.live === true;
          session.refusals.push({ start, end, wait, row: limited, live, witness: witness(answer, { kind: "status" }) });
          held.refusals++;
        }
        if (held.starts >= limits.starts || held.refusals >= limits.refusals) judgeAll();
      },
      endTimeline: judgeAll,
    };
  },
};
