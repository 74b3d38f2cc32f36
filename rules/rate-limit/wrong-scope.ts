import type { ErrorAnswer } from "../../src/model/contract.ts";
import type { Origin } from "../../src/model/exchange.ts";
import { messages, type Rule, type Witness } from "../../src/model/rule.ts";
import { momentOf } from "../../src/traffic/moment.ts";
import { limitedFor } from "../../src/traffic/waits/limited-for.ts";
import { rateLimitScope } from "../../src/traffic/waits/rate-limit-scope.ts";
import { wasServed } from "../../src/traffic/waits/was-served.ts";

const say = messages({
  apart: (limit: number, per: string, what: string) =>
    `The limit of ${limit} requests is per ${per}; while it held for one ${what}, another was served.`,
  shared: (limit: number, per: string, own: number) =>
    `The limit of ${limit} requests is per ${per}; one that had asked ${own} times was turned away while another was limited.`,
});

/** Milliseconds before its announced end in which a limit may well have ended. */
const slack = 1_000;

/** Requests that are kept of those that were served while a limit lasted. */
const mostServed = 8;

/** One scope's limit while it lasts: for whom it was seen first, and who was served meanwhile. */
interface Block {
  readonly server: string;
  readonly part: Part;
  /** When the first request began that was turned away. */
  readonly start: number;
  /** When that answer had come: a request like it that began before was under way at the same time, and shows no end of the limit. */
  readonly known: number;
  readonly release: number;
  readonly origin: Origin;
  served: { readonly part: Part; readonly witness: Witness }[];
}

/** What a limiter may count by. */
interface Part {
  readonly account: string;
  readonly operation: string;
}

export const wrongScope: Rule = {
  id: "rate-limit/wrong-scope",
  summary: "the rate limit counts by something else than the contract says",
  severity: "warning",
  needs: "session",
  spans: "captures",
  advice: "Count requests by what the contract names, for all operations together unless it says per route; or correct the contract.",
  watch({ contract, tell, remember, witness }) {
    const { rateLimit } = contract;
    if (rateLimit === undefined) return {};
    const { requests, per } = rateLimit;
    const blocks = remember<Block>();
    const starts = remember<number[]>();
    const related = ({ origin }: Block) => [origin];

    const refused = (scope: string, part: Part, answer: ErrorAnswer, release: number, start: number, end: number) => {
      const { server } = answer.exchange.request;
      const own = (starts.get(scope) ?? []).filter((at) => at > start - rateLimit.window * 1000 && at < start).length;
      const block = blocks.get(scope);
      if (block !== undefined && start < block.release) {
        if (!isSame(part, block.part)) return;
        // Turned away before and after: the limit has held in between.
        for (const { part: other, witness: on } of block.served) {
          const what = other.account === part.account ? "operation" : "account";
          const common = { place: { kind: "status" }, expected: "to be turned away", related: related(block), row: null } as const;
          tell({ on, ...common, say: say.apart(requests, per, what), found: `${on.status}`, detail: what });
        }
        block.served = [];
        return;
      }
      const other = [...blocks.values()].find((each) => each.server === server && each.start <= start && start < each.release);
      if (other !== undefined && own < requests)
        tell({
          on: answer,
          say: say.shared(requests, per, own),
          place: { kind: "status" },
          expected: "to be served",
          found: String(answer.exchange.response.status),
          related: related(other),
        });
      else blocks.set(scope, { server, part, start, known: end, release, origin: momentOf(answer.exchange).origin, served: [] });
    };

    return {
      exchange(exchange, answer) {
        // Only of a live probe is it known that nobody else asks meanwhile.
        const scope = exchange.probe?.live === true ? rateLimitScope(contract, exchange) : undefined;
        const { startedAt: start, endedAt: end } = exchange;
        if (scope === undefined || start === undefined || end === undefined) return;
        const operation = contract.operationsOf(exchange.request)[0]?.name ?? "other";
        if (contract.authentication.public.includes(operation)) return;
        const part = { account: exchange.account?.id ?? "", operation };
        const limited = answer && limitedFor(answer, contract);
        if (answer !== undefined && limited !== undefined) return refused(scope, part, answer, end + limited.seconds * 1000, start, end);
        if (!wasServed(exchange, answer)) return;
        starts.set(scope, [...(starts.get(scope) ?? []), start].slice(-requests));
        const block = blocks.get(scope);
        if (block === undefined || start < block.start) return;
        const isLikeIt = isSame(part, block.part);
        if (isLikeIt ? start >= block.known : end > block.release - slack) blocks.delete(scope);
        else if (!isLikeIt && block.served.length < mostServed)
          block.served.push({ part, witness: witness(answer ?? exchange, { kind: "status" }) });
      },
    };
  },
};

function isSame(a: Part, b: Part): boolean {
  return a.account === b.account && a.operation === b.operation;
}
