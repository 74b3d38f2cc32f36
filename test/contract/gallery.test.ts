import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { describe, expect, test } from "vitest";
import { ContractError } from "../../src/contract/contract-fault.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { builtinFile, builtinNames } from "../../src/yaml-source/package-root.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { tell } from "./kit.ts";

/** Contracts that ship are trusted when they are loaded, so this is where they are checked. */
test.each(builtinNames())("%s has no fault", (name) => {
  expect(() => parseContract(readFileSync(builtinFile(name), "utf8"), { file: `${name}.yaml` })).not.toThrow();
});

type Sample = readonly [what: string, parts: ExchangeParts, expected: string];

const html = { "content-type": "text/html" };
const problem = (body: object, status: number): ExchangeParts => ({
  status,
  body: JSON.stringify(body),
  headers: { "content-type": "application/problem+json" },
});
const github = (status: number, message: string, headers: Record<string, string> = {}): ExchangeParts => ({
  status,
  url: "https://api.github.com/repos/o/r",
  body: { message, documentation_url: "https://docs.github.com/rest" },
  headers: { "content-type": "application/json", ...headers },
});
const stripe = (status: number, error: object, more: ExchangeParts = {}): ExchangeParts => ({
  method: "POST",
  url: "https://api.stripe.com/v1/charges",
  status,
  body: { error: { message: "m", ...error } },
  headers: { "content-type": "application/json", "Request-Id": "req_1" },
  ...more,
});
const slack = (body: object, more: ExchangeParts = {}): ExchangeParts => ({
  url: "https://slack.com/api/chat.postMessage",
  body: body as Record<string, unknown>,
  ...more,
});

const samples: Readonly<Record<string, readonly Sample[]>> = {
  "problem-details": [
    ["a problem", problem({ title: "Nothing here", status: 404 }, 404), "met client-error"],
    ["about:blank, said", problem({ type: "about:blank", title: "Bad" }, 400), "met client-error"],
    [
      "the registered quota type",
      problem({ type: "https://iana.org/assignments/http-problem-types#quota-exceeded", title: "Quota" }, 429),
      "met quota",
    ],
    ["another type with 429", problem({ type: "https://example.com/slow", title: "Slow" }, 429), "met client-error"],
    ["a failure", problem({ title: "Oops" }, 500), "met server-error"],
    ["a gateway's page", { status: 502, body: "<h1>Bad</h1>", headers: html }, "open server-error"],
    ["no object", { status: 400, body: "[]", headers: { "content-type": "application/problem+json" } }, "open client-error"],
    ["a redirect", { status: 302 }, "no error"],
  ],
  github: [
    ["a missing repository", github(404, "Not Found"), "met not-found"],
    ["a failed validation", github(422, "Validation Failed"), "met validation"],
    ["the primary limit by 403", github(403, "API rate limit exceeded", { "x-ratelimit-remaining": "0" }), "met primary-rate-limit"],
    ["the primary limit by 429", github(429, "API rate limit exceeded", { "x-ratelimit-remaining": "0" }), "met primary-rate-limit"],
    [
      "the secondary limit",
      github(403, "You have exceeded a secondary rate limit.", { "x-ratelimit-remaining": "11" }),
      "met secondary-rate-limit",
    ],
    ["plain refusal", github(403, "Must have admin rights", { "x-ratelimit-remaining": "11" }), "met forbidden"],
    [
      "429 for no stated reason",
      github(429, "Slow", { "x-ratelimit-remaining": "11" }),
      "refused when: primary-rate-limit, secondary-rate-limit",
    ],
    [
      "a conflict, which no row has",
      github(409, "Conflict"),
      "refused status: bad-json, unauthenticated, primary-rate-limit, secondary-rate-limit, forbidden, not-found, gone, validation, server-error",
    ],
    ["any failure", github(503, "Unavailable"), "met server-error"],
  ],
  stripe: [
    ["a declined card", stripe(402, { type: "card_error", code: "card_declined" }), "met card-declined"],
    [
      "a declined card where none is charged",
      stripe(402, { type: "card_error", code: "card_declined" }, { url: "https://api.stripe.com/v1/refunds" }),
      "refused operation: card-declined",
    ],
    ["a declined card without a code", stripe(402, { type: "card_error" }), "refused code: card-declined"],
    ["a wrong parameter", stripe(400, { type: "invalid_request_error", param: "amount" }), "met invalid-request"],
    ["a key of another request", stripe(400, { type: "idempotency_error" }), "met idempotency-reuse"],
    ["a key in use", stripe(409, { type: "idempotency_error", code: "idempotency_key_in_use" }), "met idempotency-busy"],
    ["a limit", stripe(429, { type: "invalid_request_error", code: "rate_limit" }), "met rate-limited"],
    ["a limit's code elsewhere", stripe(409, { type: "invalid_request_error", code: "lock_timeout" }), "refused code: idempotency-busy"],
    ["an unknown type", stripe(400, { type: "invalid_request" }), "refused type: idempotency-reuse, invalid-request"],
    ["a failure", stripe(500, { type: "api_error" }), "met server-error"],
  ],
  slack: [
    ["a success", slack({ ok: true }), "no error"],
    ["a failure of the method's own", slack({ ok: false, error: "channel_not_found" }), "met call-failed"],
    ["no token", slack({ ok: false, error: "not_authed" }), "met auth"],
    ["a failure to try again", slack({ ok: false, error: "internal_error" }), "met transient"],
    ["no word for it", slack({ ok: false }), "open call-failed, auth, transient"],
    [
      "a limit, in plain text",
      slack({}, { status: 429, body: "slow", headers: { "content-type": "text/plain", "retry-after": "30" } }),
      "met rate-limited",
    ],
    ["a status that is not promised", slack({}, { status: 500 }), "refused status: call-failed, auth, transient"],
    ["a body that was not captured", slack({}, { bodyState: "not-captured" }), "no error"],
  ],
};

describe.each(Object.entries(samples))("%s", (name, cases) => {
  test.each(cases)("%s: %o", async (_, parts, expected) => {
    expect(tell(await loadContract(`builtin:${name}`), makeExchange(parts))).toBe(expected);
  });
});

const corpus = process.env.ENVELINT_CORPUS;
const examples =
  corpus === undefined
    ? []
    : readdirSync(join(resolve(corpus), "..", "contracts")).map((file) => join(resolve(corpus), "..", "contracts", file));

test.skipIf(examples.length === 0)("worked examples of the language, beside the corpus, have no fault (set ENVELINT_CORPUS)", async () => {
  for (const file of examples) {
    await loadContract(file).catch((error: unknown) => {
      throw error instanceof ContractError ? new Error(`${file}: ${error.message}`) : error;
    });
  }
});
