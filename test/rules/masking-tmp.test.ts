import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { rateLimit } from "../../rules/rate-limit/index.ts";
import { masking } from "../../rules/masking/index.ts";
import { idempotency } from "../../rules/idempotency/index.ts";
import { loadContract, parseContract } from "../../src/contract/load.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";
import { readPage } from "../kit/page.ts";
const builtin = await loadContract();
describe.each([...rateLimit, ...masking, ...idempotency].map((r) => [r.id, r] as const))("%s", (id, rule) => {
  const page = readPage(readFileSync(new URL(`../../rules/${id}.md`, import.meta.url), "utf8"));
  it.each(page.examples.map((e) => [`${e.kind} ${e.line}`, e] as const))("%s", async (_, e) => {
    const contract = page.contract === undefined ? builtin : await parseContract(page.contract, { file: `${id}.md` });
    const report = await judgeExchanges(e.exchanges, contract, [rule]);
    expect(report.unjudged.filter((r) => r.includes("crashed"))).toEqual([]);
    expect(report.findings.map((f) => f.message).sort()).toEqual([...e.messages].sort());
  });
});
