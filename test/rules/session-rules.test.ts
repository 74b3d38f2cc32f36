import fc from "fast-check";
import { expect, it } from "vitest";
import { idempotency } from "../../rules/idempotency/index.ts";
import { masking } from "../../rules/masking/index.ts";
import { rateLimit } from "../../rules/rate-limit/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const contracts = [
  await loadContract(),
  await parseContract(
    `envelint: 1
title: t
extends: builtin:course-api
errors: [{name: key-reused, status: 422, type: invalid_request_error, code: key_reused}]
idempotency: {operations: {launchCourse: required}, missing: idempotency-key-required, reuse: key-reused, replay: same-response}
rateLimit: {requests: 1, window: 10, per: account}`,
    { file: "t.yaml" },
  ),
];
const start = Date.UTC(2026, 0, 5, 12);

const error = (type: string, code: string | undefined) => ({
  detail: { error: { type, ...(code && { code }), message: "You do not own this." } },
});
const answers: readonly ExchangeParts[] = [
  { status: 200, body: { id: "a" } },
  { status: 201, body: { id: "b" }, headers: { location: "/v1/courses/b" } },
  { status: 404, body: error("not_found_error", "course_not_found") },
  { status: 404, body: error("not_found_error", "preset_not_found"), headers: { etag: "1" } },
  { status: 404, bodyState: "not-captured" },
  { status: 403, body: "<html>" },
  { status: 409, body: error("invalid_request_error", "already_launched") },
  { status: 422, body: error("invalid_request_error", "key_reused") },
  { status: 400, body: error("invalid_request_error", "idempotency_key_required") },
  { status: 429, body: error("rate_limit_error", "retry_after_1"), headers: { "retry-after": "1" } },
  { status: 429, body: error("rate_limit_error", "retry_after_1"), headers: { "retry-after": "soon" } },
  { status: 500, body: error("server_error", undefined) },
];
const requests: readonly ExchangeParts[] = [
  { url: "/v1/courses/a" },
  { url: "/v1/courses/b" },
  { url: "/v1/courses/c", method: "HEAD" },
  { url: "/v1/courses", method: "POST", requestBody: { title: "t" } },
  { url: "/v1/courses/a/launch", method: "POST" },
  { url: "/v1/courses/a/launch", method: "POST", requestHeaders: { "idempotency-key": "k" } },
  { url: "/v1/courses/a/launch", method: "POST", requestHeaders: { "idempotency-key": "k" }, requestBody: { x: 1 } },
  { url: "/v1/courses/a/launch", method: "POST", requestHeaders: { "idempotency-key": "k" }, requestBodyState: "not-captured" },
];
const traffic = fc
  .array(
    fc.record({
      request: fc.constantFrom(...requests),
      answer: fc.constantFrom(...answers),
      account: fc.constantFrom("alice", "bob", undefined),
      capture: fc.constantFrom("a.har", "b.har"),
      gap: fc.integer({ min: 200, max: 4000 }),
    }),
    { maxLength: 30 },
  )
  .map((steps) => {
    let at = start;
    return steps.map(({ request, answer, account, capture, gap }, entry) => {
      at += gap;
      return makeExchange({ ...request, ...answer, capture, entry, at, took: 100, ...(account && { account }) });
    });
  });

it("no traffic makes a rule crash, and the order of the entries changes no finding of rules that look over all captures", async () => {
  const rules = [...rateLimit, ...masking, ...idempotency];
  await fc.assert(
    fc.asyncProperty(traffic, fc.constantFrom(...contracts), async (exchanges, contract) => {
      const [forth, back] = await Promise.all(
        [exchanges, [...exchanges].reverse()].map(async (order) => {
          const report = await judgeExchanges(order, contract, rules);
          expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
          return report.findings
            .filter(({ rule }) => /^masking|^idempotency\/(?:key|missing|present)/.test(rule))
            .map(({ fingerprint }) => fingerprint);
        }),
      );
      expect(new Set(back)).toEqual(new Set(forth));
    }),
    { numRuns: 300 },
  );
});
