import { describe, expect, it } from "vitest";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { BoundedMemory } from "../../src/engine/memory.ts";
import type { Contract, ErrorAnswer } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import type { Rule } from "../../src/model/rule.ts";
import { AccountPeriods } from "../../src/traffic/masking/account-periods.ts";
import { hiderOf, type Trait, traitsOf } from "../../src/traffic/masking/answer-traits.ts";
import { createdResources } from "../../src/traffic/masking/created-resource.ts";
import { refusalKind } from "../../src/traffic/masking/masked-refusal.ts";
import { maskedTraffic, type Refusals } from "../../src/traffic/masking/masked-traffic.ts";
import { requestShape } from "../../src/traffic/masking/request-shape.ts";
import { differences, placeOfTrait, showTrait } from "../../src/traffic/masking/trait-differences.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const extended = await parseContract(
  `envelint: 1
title: t
extends: builtin:course-api
envelopes: {notOk: {when: {status: 200, body: {required: [ok]}}, members: {message: /message}}}
errors:
  - {name: lesson-not-found, status: 404, type: not_found_error, code: lesson_not_found}
  - {name: no-key, status: 403, type: authentication_error, code: no_key}
  - {name: bad-key, status: 403, type: authentication_error, code: bad_key}
authentication: {missing: no-key, invalid: bad-key}`,
  { file: "t.yaml" },
);
const start = Date.UTC(2026, 0, 5, 12);
const at = (second: number, parts: ExchangeParts = {}) => makeExchange({ entry: second, at: start + second * 1000, ...parts });
const failure = (status: number, code: string, type = "not_found_error"): ExchangeParts => ({
  status,
  body: { detail: { error: { type, code, message: "No." } } },
});
const missing = failure(404, "course_not_found");
const page = { headers: { "content-type": "text/html" }, body: "<html><hr><center>nginx</center></html>" };
const read = (parts: ExchangeParts, contract: Contract = extended) => contract.read(makeExchange(parts)) as ErrorAnswer;

describe("AccountPeriods", () => {
  const periodsOf = (...uses: [account: string, second: number][]) => {
    const periods = new AccountPeriods({ remember: (limit) => new BoundedMemory(limit) });
    for (const [account, second] of uses) periods.note(at(second, { account }));
    return (a: object, b: object) => periods.areApart({ id: "a", ...a }, { id: "b", ...b });
  };

  it("believes two names, and not one", () => {
    const areApart = periodsOf(["a", 0], ["b", 1]);
    expect(areApart({ name: "x" }, { name: "y" })).toBe(true);
    expect(areApart({ name: "x" }, { name: "x" })).toBe(false);
    expect([areApart({ name: "x" }, {}), areApart({}, { name: "x" })]).toEqual([false, false]);
  });

  it("knows two that were active in turns", () => {
    expect(periodsOf(["a", 0], ["b", 1], ["a", 2])({}, {})).toBe(true);
    expect(periodsOf(["a", 0], ["a", 1], ["b", 2], ["b", 3])({}, {})).toBe(false);
    expect(periodsOf(["a", 0], ["b", 1], ["a", 2], ["b", 3])({}, {})).toBe(true);
    expect(periodsOf(["b", 0], ["a", 1])({}, {})).toBe(false);
    expect([periodsOf()({}, {}), periodsOf(["a", 0])({}, {}), periodsOf(["b", 0])({}, {})]).toEqual([false, false, false]);
  });
});

const unmasked = (text: string) => text;

describe("traitsOf", () => {
  it("leaves out what is not known", () => {
    const names = (parts: ExchangeParts) => [...traitsOf(read(parts), "c_1", unmasked).keys()].filter((name) => !name.startsWith("header"));
    const always = ["status", "mediaType", "cookieNames"];
    const body = ["type", "code", "param", "message", "length", "echo", "members"];
    expect(names({ ...missing, reason: "Not Found" })).toEqual([...always, "reason", ...body]);
    expect(names({ method: "HEAD", status: 404 })).toEqual(always);
    expect(names({ status: 404, body: "No." })).toEqual([...always, "length", "echo"]);
    expect(names({ status: 404, body: { a: null } })).not.toContain("code");
  });

  it("names members and not their places in a list", () => {
    expect(traitsOf(read({ status: 404, body: { a: [{ b: null }], c: 1 } }), "c_1", unmasked).get("members")).toBe("a c / b");
  });

  it("shortens all but the names of header fields", () => {
    const names = Array.from({ length: 40 }, (_, index) => `x-field-${index}`).sort();
    const headers = { ...Object.fromEntries(names.map((name) => [name, "1"])), vary: names.join(", ") };
    const traits = traitsOf(read({ ...missing, headers }), "c_1", unmasked);
    expect(traits.get("headerNames")).toBe(["vary", ...names].sort().join(", "));
    expect(traits.get("header vary")?.length).toBeLessThan(200);
  });
});

it("an id is hidden once where it overlaps itself, and whatever lower case makes of the text", () => {
  expect(hiderOf("a a")("a a a")).toBe("{id} a");
  expect(hiderOf("ab")("abc ab")).toBe("abc {id}");
  expect(hiderOf("ABC")("İ ABC abc")).toBe("İ {id} abc");
  expect(hiderOf("ABC")("I ABC abc")).toBe("I {id} {id}");
});

describe("createdResources", () => {
  const made = (parts: ExchangeParts) =>
    createdResources(builtin, makeExchange({ method: "POST", url: "/v1/courses", status: 201, ...parts })).map(
      ({ masking, id }) => `${masking.resource} ${id}`,
    );
  const location = (path: string) => ({ headers: { location: path } });

  it.each<[string, ExchangeParts, string[]]>([
    ["the id in the body", { body: { id: "c_9" } }, ["course c_9"]],
    ["the Location", location("/v1/courses/c_9"), ["course c_9"]],
    ["a Location of another kind", location("/v1/presets/p"), ["preset p"]],
    ["both, once", { ...location("/v1/courses/c_9"), body: { id: "c_9" } }, ["course c_9"]],
    ["two of one name", { ...location("/v1/presets/p"), body: { id: "p" } }, ["preset p", "course p"]],
    ["a Location below another path", { ...location("/v1/courses/c_9"), url: "/v1/imports" }, ["course c_9"]],
    ["another course, of one", { ...location("/v1/courses/c_9"), url: "/v1/courses/c_1/copy" }, ["course c_9"]],
    ["a preset that is called as its course", { url: "/v1/courses/x/presets", body: { id: "x" } }, ["preset x"]],
    ["nothing, where its path names it", { ...location("/v1/courses/c_1"), url: "/v1/courses/c_1/launch" }, []],
    ["nothing, by a GET", { method: "GET", body: { id: "c_9" } }, []],
    ["nothing, by a redirect", { ...location("/v1/courses/c_9"), status: 303 }, []],
    ["nothing, by a provisional answer", { ...location("/v1/courses/c_9"), status: 103 }, []],
  ])("are %s", (_, parts, expected) => {
    expect(made(parts)).toEqual(expected);
  });
});

describe("refusalKind", () => {
  it.each<[string, ExchangeParts, string]>([
    ["the promised answer", missing, "masked"],
    ["its status with another body", { status: 404, body: { detail: "Not Found" } }, "masked"],
    ["another row of its status", failure(404, "lesson_not_found"), "other"],
    ["another status without a row", failure(409, "x", "conflict_error"), "other"],
    ["a row of another resource", failure(404, "preset_not_found"), "before"],
    ["the request at fault", failure(400, "x", "invalid_request_error"), "before"],
    ["a missing credential", failure(403, "no_key", "authentication_error"), "passing"],
    ["a bad credential", failure(403, "bad_key", "authentication_error"), "passing"],
    ["a status that admits", failure(403, "x", "permission_error"), "revealed"],
    ["a fault of the server", { status: 500, body: {} }, "passing"],
    ["an error by its body", { status: 200, body: { ok: false } }, "passing"],
    ["somebody in front", { ...page, status: 404 }, "passing"],
  ])("of %s", (_, parts, kind) => {
    const answer = read(parts);
    expect(refusalKind(extended, answer, extended.resourcesOf(answer.exchange.request))).toBe(kind);
  });
});

describe("masked traffic", () => {
  /** What is known once all is seen. */
  async function know(exchanges: readonly Exchange[]) {
    let refusals: Refusals<number> | undefined;
    const rule: Rule = {
      id: "test/masked",
      summary: "",
      severity: "error",
      needs: "accounts",
      advice: "",
      watch({ contract, study }) {
        const book = study(maskedTraffic).open<number>();
        refusals = book;
        return {
          error(answer) {
            const resource = contract.resourcesOf(answer.exchange.request).at(-1);
            if (resource !== undefined) book.note(answer, resource, () => answer.exchange.origin.entry);
          },
        };
      },
    };
    await judgeExchanges(exchanges, extended, [rule]);
    const of = (all: readonly { facts: number }[] | undefined) => all?.map(({ facts }) => facts);
    return { foreign: of(refusals?.foreign()), missing: of(refusals?.missing()), existing: of(refusals?.existing()) };
  }
  const [alice, bob] = [{ account: "alice" }, { account: "bob", ...missing }];

  it("tells what is foreign from what is missing", async () => {
    const other = { url: "/v1/courses/c_2" };
    expect(await know([at(0, alice), at(1, bob), at(2, alice), at(3, { ...bob, ...other })])).toEqual({
      foreign: [1],
      missing: [3],
      existing: [1],
    });
    expect((await know([at(0, alice), at(1, missing), at(2, alice)])).foreign).toEqual([]);
  });

  it.each<[string, ExchangeParts]>([
    ["a redirect", { status: 302 }],
    ["a provisional answer", { status: 103 }],
    ["an error by its body", { body: { ok: false } }],
    ["OPTIONS", { method: "OPTIONS" }],
  ])("is served by no answer such as %s", async (_, parts) => {
    expect((await know([at(0, { ...alice, ...parts }), at(1, bob), at(2, alice)])).foreign).toEqual([]);
    expect((await know([at(0, { ...alice, ...parts }), at(1, bob)])).existing).not.toContain(1);
  });

  it("keeps eight refusals of one account, sixteen in all", async () => {
    const many = (account: string, from: number) => Array.from({ length: 12 }, (_, index) => at(from + index, { ...bob, account }));
    const first = Array.from({ length: 8 }, (_, index) => index);
    const second = first.map((index) => 100 + index);
    expect((await know(many("bob", 0))).missing).toEqual(first);
    expect((await know([...many("bob", 0), ...many("carol", 100), ...many("dave", 200)])).missing).toEqual([...first, ...second]);
  });
});

it("two requests have the same shape where the id alone differs, and none where the body is not known", () => {
  const shape = (id: string, parts: ExchangeParts = {}) =>
    requestShape(builtin, makeExchange({ method: "POST", url: `/v1/courses/${id}/launch`, requestBody: { id }, ...parts }).request, id);
  expect(shape("a")).toBe(shape("b"));
  expect(shape("a", { requestHeaders: { "idempotency-key": "k" } })).toBe(shape("b", { requestHeaders: { "idempotency-key": "l" } }));
  expect(shape("a", { requestHeaders: { "idempotency-key": "k" } })).not.toBe(shape("b"));
  for (const requestBodyState of ["not-captured", "truncated"] as const) expect(shape("a", { requestBodyState })).toBeUndefined();
});

describe("differences", () => {
  const told = (ours: Partial<Record<Trait, string>>, theirs: Partial<Record<Trait, string>>) => {
    const [one, other] = [ours, theirs].map((traits) => new Map(Object.entries(traits) as [Trait, string][]));
    return differences([one, one] as Map<Trait, string>[], [other, other] as Map<Trait, string>[]).map(({ trait }) => trait);
  };

  it("leave out what follows from another", () => {
    expect(told({ cookieNames: "none", members: "a" }, { cookieNames: "b", members: "b" })).toEqual(["cookieNames", "members"]);
    expect(told({ code: "a", members: "a" }, { code: "b", members: "b" })).toEqual(["code", "members"]);
    expect(told({ code: "none", members: "a" }, { code: "b", members: "b" })).toEqual(["code"]);
    expect(told({ code: "a", echo: "yes", length: "1" }, { code: "b", echo: "no", length: "2" })).toEqual(["code"]);
    expect(told({ code: "a", length: "1" }, { code: "b", length: "2" })).toEqual(["code"]);
    expect(told({ echo: "yes", length: "1" }, { echo: "no", length: "2" })).toEqual(["echo"]);
    expect(told({ headerNames: "etag", "header etag": "1" }, { headerNames: "", "header etag": "none" })).toEqual(["headerNames"]);
    expect(told({ status: "404", code: "a" }, { status: "400", code: "b" })).toEqual(["status"]);
  });

  it("are shown where they stand", () => {
    expect(showTrait("headerNames", "a, b", "b, c")).toBe("a");
    expect(showTrait("header etag", "1", "2")).toBe('ETag "1"');
    expect(placeOfTrait("header cache-control")).toEqual({ kind: "header", name: "Cache-Control" });
  });
});
