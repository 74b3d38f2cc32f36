import type { Account, Exchange } from "../../src/model/exchange.ts";
import { messages, type Rule } from "../../src/model/rule.ts";
import { quoted } from "../../src/syntax/wording.ts";
import { differenceOf, isPassing, isSoonAfter, type Side, sideOf } from "../../src/traffic/head-pair.ts";
import { shortened } from "../../src/traffic/shortened.ts";

const say = messages({
  status: (head: string, get: string) => `HEAD was answered ${head} where GET was answered ${get}.`,
  field: (name: string, head: string, get: string) => `HEAD and GET were refused with different ${name} headers: ${head} and ${get}.`,
});

export const headDiffers: Rule = {
  id: "http/head-differs",
  summary: "HEAD is answered otherwise than GET",
  severity: "warning",
  needs: "session",
  advice: "Route HEAD to what answers GET, and let the server leave out the content.",
  watch({ tell, unobservable, remember, witness, mask }) {
    /** The last answer to each of the two, by what was asked for and by whom. */
    const pairs = remember<{ GET?: Side; HEAD?: Side }>(1_000);
    /** When the last request that may have changed something was over, by server. */
    const changes = remember<number>(1_000);
    const changedIn = (server: string) => changes.get(server) ?? Number.NEGATIVE_INFINITY;
    let sendsHead = false;

    const compare = (exchange: Exchange, head: Side, get: Side) => {
      const difference = differenceOf(head, get);
      if (difference === undefined) return;
      const { name } = difference;
      const isStatus = name === "status";
      tell({
        on: head.witness ?? exchange,
        say: isStatus ? say.status(difference.head, difference.get) : say.field(name, quoted(difference.head), quoted(difference.get)),
        place: isStatus ? { kind: "status" } : { kind: "header", name },
        expected: difference.get,
        found: difference.head,
        detail: name,
        row: null,
        related: [head.witness === undefined && exchange.request.method === "GET" ? head.origin : get.origin],
      });
    };

    return {
      exchange(exchange, answer) {
        const { request } = exchange;
        const { method } = request;
        const server = shortened(request.server);
        if (method !== "GET" && method !== "HEAD") {
          if (mayChange(exchange)) changes.set(server, Math.max(changedIn(server), exchange.endedAt ?? Number.POSITIVE_INFINITY));
          return;
        }
        sendsHead ||= method === "HEAD";
        // Most captures have no HEAD at all: what GET serves is of no interest before the first.
        if ((answer === undefined && !sendsHead) || answer?.gateway !== undefined || isPassing(exchange)) return;
        const refusedHead = method === "HEAD" ? answer : undefined;
        const { account, probe } = exchange;
        // Whoever probes knows that it sent no credential; a capture's tool may have left one out.
        if (account === undefined && probe?.live !== true) return unobservable(exchange, refusedHead && "account unknown");
        const head = refusedHead && witness(refusedHead, { kind: "status" });
        const mine = sideOf(exchange, answer, head, (text) => mask(exchange, text));
        if (mine === undefined) return unobservable(exchange, refusedHead && "time unknown");
        const key = keyOf(exchange, account);
        const pair = pairs.get(key) ?? {};
        const other = method === "HEAD" ? pair.GET : pair.HEAD;
        pairs.set(key, { ...pair, [method]: mine });
        if (other === undefined || !isSoonAfter(other, mine, changedIn(server))) return;
        if (method === "HEAD") compare(exchange, mine, other);
        else compare(exchange, other, mine);
      },
    };
  },
};

function keyOf({ timeline, request }: Exchange, account: Account | undefined): string {
  const accept = request.headers.get("accept") ?? "";
  return [timeline, request.url, account?.credential ?? account?.id ?? "", accept].map((part) => shortened(part)).join("\n");
}

/** A request that was not refused may have acted, whatever came of it. */
function mayChange({ request: { method }, response: { status } }: Exchange): boolean {
  return method !== "OPTIONS" && method !== "TRACE" && (status < 400 || status >= 500);
}
