import { describe, expect, it } from "vitest";
import { idempotency } from "../../rules/idempotency/index.ts";
import { rules } from "../../rules/index.ts";
import { masking } from "../../rules/masking/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Json } from "../../src/model/json.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const start = Date.UTC(2026, 0, 5, 12);
const at = (entry: number, parts: ExchangeParts) => makeExchange({ entry, at: start + entry * 1000, ...parts });
const refused = (message: string, id: number, entry: number) =>
  at(entry, {
    url: `/v1/courses/id${id}`,
    account: `account ${entry % 40}`,
    status: 404,
    body: { detail: { error: { type: "not_found_error", code: "course_not_found", message } } },
  });

describe("what a rule holds is bounded", () => {
  it("by its witnesses, not by its ids: the ids let go are counted", async () => {
    const exchanges = Array.from({ length: 8_000 }, (_, entry) => refused("It belongs to another account.", Math.floor(entry / 20), entry));
    const [hinted] = masking.filter(({ id }) => id === "masking/ownership-hinted");
    const report = await judgeExchanges(exchanges, builtin, hinted ? [hinted] : []);
    // 16 of 20 refusals are kept of an id: 81 a weight, so 123 of 400 ids.
    expect(report.findings.reduce((sum, { count }) => sum + count, 0)).toBe(123 * 16);
    expect(report.seen.forgotten).toBe(400 - 123);
  });

  it("by the uses of all keys together", async () => {
    const contract = await parseContract(
      "envelint: 1\ntitle: t\nextends: builtin:course-api\nidempotency: {operations: {launchCourse: required}, replay: same-response}",
      { file: "t.yaml" },
    );
    const exchanges = Array.from({ length: 5_000 }, (_, entry) =>
      at(entry, {
        method: "POST",
        url: "/v1/courses/a/launch",
        account: "alice",
        requestHeaders: { "idempotency-key": `key ${entry % 2500}` },
        body: { id: `${entry}` },
      }),
    );
    const [repeats] = idempotency.filter(({ id }) => id === "idempotency/replay-repeats");
    const report = await judgeExchanges(exchanges, contract, repeats ? [repeats] : []);
    expect(report.seen.forgotten).toBe(3_000);
    expect(report.findings).toEqual([]);
  });
});

describe("no captured JSON is too deep for a rule", () => {
  const deep = (depth: number): Json => {
    let value: Json = "x";
    for (let step = 0; step < depth; step++) value = step % 2 === 0 ? [value] : { a: value };
    return value;
  };
  const error = (members: Record<string, Json>) => ({ detail: { error: { type: "invalid_request_error", message: "No.", ...members } } });

  it.each<[string, Json]>([
    ["body", deep(20_000)],
    ["code", error({ code: deep(20_000) })],
    ["type", error({ type: deep(20_000) })],
    ["param", error({ param: deep(20_000) })],
    ["message", error({ message: deep(20_000) })],
    ["endless param", error({ param: "a.".repeat(1_000_000) })],
  ])("%s", async (_, body) => {
    const text = write(body);
    const exchanges = [400, 403, 404, 409, 429].flatMap((status, step) =>
      ["alice", "bob"].map((account, half) =>
        at(2 * step + half, { url: "/v1/courses/a", account, status, body: text, headers: { "content-type": "application/json" } }),
      ),
    );
    const report = await judgeExchanges(exchanges, builtin, rules);
    expect(report.unjudged.filter((why) => why.includes("rule"))).toEqual([]);
  });
});

/** JSON.stringify would overflow. */
function write(value: Json): string {
  const ahead: (Json | { text: string })[] = [value];
  let out = "";
  while (ahead.length > 0) {
    const next = ahead.pop() as Json;
    if (Array.isArray(next)) {
      out += "[";
      ahead.push({ text: "]" }, ...[...next].reverse());
    } else if (typeof next === "object" && next !== null && typeof next.text === "string") out += next.text;
    else if (typeof next === "object" && next !== null) {
      out += "{";
      ahead.push({ text: "}" });
      Object.entries(next)
        .reverse()
        .forEach(([name, each], index) => {
          ahead.push(...(index === 0 ? [] : [{ text: "," }]), each, { text: `${JSON.stringify(name)}:` });
        });
    } else out += JSON.stringify(next);
  }
  return out;
}
