import { describe, expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { kindOfBody, promisesJson } from "../../src/traffic/error-body.ts";
import { acceptedBy, rowsFor } from "../../src/traffic/table.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";

const of = (mediaType: string | undefined, body: string): ExchangeParts => ({
  body,
  ...(mediaType !== undefined && { headers: { "content-type": mediaType } }),
});

describe("kindOfBody", () => {
  it.each<[string, ExchangeParts]>([
    ["empty", { body: null }],
    ["not-captured", { bodyState: "not-captured" }],
    ["empty", of("application/json", " ")],
    ["json", of("text/html", "{}")],
    ["html", of("text/html", "Down")],
    ["html", of(undefined, "<html>")],
    ["other", of("application/xml", "<a/>")],
    ["plain-text", of(undefined, "Down")],
    ["plain-text", of("text/plain", "Down")],
    ["invalid-json", of("text/plain", "{a")],
    ["invalid-json", of("application/json", "Down")],
  ])("%s: %j", (kind, parts) => {
    expect(kindOfBody(makeExchange(parts).response)).toBe(kind);
  });
});

describe("promisesJson", () => {
  it.each<[boolean, string]>([
    [true, "{}"],
    [true, "{mediaTypes: [text/plain], members: {code: /code}}"],
    [false, "{mediaTypes: [text/plain], members: {code: {header: X-Code}}}"],
  ])("%s: %s", async (promised, envelope) => {
    const text = `envelint: 1\ntitle: t\nenvelopes: {api: ${envelope}}\nerrors: [{name: a, status: 400}]`;
    const { envelopes } = await parseContract(text, { file: "t.yaml" });
    expect(envelopes.map(promisesJson)).toEqual([promised]);
  });
});

it("says what rows accept, and whose they are", async () => {
  const contract = await loadContract();
  const codes = (name: string) =>
    acceptedBy(
      [contract.row(name)].flatMap((row) => row ?? []),
      "code",
    );
  expect(["unauthenticated", "conflict", "already-launched", "rate-limited"].map(codes)).toEqual([
    "none",
    "any that no other row names",
    "already_launched",
    expect.stringContaining("matching "),
  ]);
  const named = (url: string, method: string) => {
    const exchange = makeExchange({ url, method, status: 404, body: { error: { type: "not_found_error", message: "No." } } });
    const answer = contract.begin().read(exchange);
    return answer === undefined ? [] : rowsFor(contract.rows, answer).map(({ name }) => name);
  };
  expect(named("/elsewhere", "GET")).toContain("unknown-route");
  expect(named("/v1/courses/c_1/launch", "POST")).toContain("idempotency-key-required");
  expect(named("/v1/courses/c_1/launch", "POST")).not.toContain("unknown-route");
});
