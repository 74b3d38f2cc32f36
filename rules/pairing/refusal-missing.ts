import type { Row } from "../../src/model/contract.ts";
import type { Exchange, ProbeMark } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { listed } from "../../src/syntax/wording.ts";

const say = messages({
  served: (probe: string, promised: string, status: number) =>
    `What ${probe} asked for was served with ${status}; the contract promises ${promised}.`,
});

/** Of what these ask for, other rules tell that it was served. */
const toldElsewhere = /^(?:auth|mask|idem|rate)\//;

export const refusalMissing: Rule = {
  id: "pairing/refusal-missing",
  summary: "what the contract refuses is served",
  severity: "error",
  needs: "exchange",
  advice: "Check the request before acting on it, and answer with the contract's error. If it is to be served, take the promise out.",
  watch({ contract, tell }) {
    return {
      exchange(exchange, answer) {
        const { probe } = exchange;
        const { status } = exchange.response;
        if (answer !== undefined || probe?.live !== true || !isServed(exchange) || toldElsewhere.test(probe.id)) return;
        const rows = rowsAimedAt(probe, (name) => contract.row(name));
        if (rows.length === 0) return;
        const promised = listed(rows.map((row) => `${row.status.text} ${row.name}`));
        tell({
          on: exchange,
          say: say.served(probe.id, promised, status),
          place: { kind: "status" },
          expected: promised,
          found: String(status),
          detail: probe.id,
          row: rows.length === 1 ? (rows[0] ?? null) : null,
        });
      },
    };
  },
};

/** A success; or a write that leads away, which has mostly acted (303 after a form). */
function isServed({ request, response: { status } }: Exchange): boolean {
  if (status >= 200 && status <= 299) return true;
  return (status === 302 || status === 303) && /^(?:POST|PUT|PATCH|DELETE)$/.test(request.method);
}

/** The rows that a probe was to provoke, as far as the contract has them. */
function rowsAimedAt({ aims = [] }: ProbeMark, find: (name: string) => Row | undefined): Row[] {
  return aims.flatMap((name) => find(name) ?? []);
}
