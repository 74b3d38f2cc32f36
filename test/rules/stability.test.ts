import { describe, expect, it } from "vitest";
import { stability } from "../../rules/stability/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { samplesForMembers, samplesForStatus, weighStatus } from "../../src/traffic/changes/status-weight.ts";
import { compare, type Parts } from "../kit/compare-sides.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const contractOf = (yaml: string) => parseContract(`envelint: 1\ntitle: T\n${yaml}`, { file: "t.yaml" });

const error = (type?: string, code?: unknown, message: unknown = "No.", more: object = {}) => ({
  detail: { error: { ...(type && { type }), ...(code === undefined ? {} : { code }), message, ...more } },
});
const missing: Parts = { status: 404, body: error("not_found_error", "course_not_found") };
const forbidden: Parts = { status: 403, body: error("not_found_error", "course_not_found") };
const badTitle: Parts = { method: "POST", url: "/v1/courses", status: 400, body: error("invalid_request_error", "title_missing") };
const ok: Parts = { status: 200, body: { id: "c" } };
const limited: Parts = { status: 429, body: error("rate_limit_error", "retry_after_5"), headers: { "retry-after": "5" } };

const told = async (...given: Parameters<typeof compare>) => (await compare(...given)).told;
const is403 = ["status-changed 404 -> 403"];

describe("two requests are the same", () => {
  it.each<[string, Parts, Parts]>([
    ["with another value of a template's parameter", { url: "/v1/courses/optics" }, { url: "/v1/courses/algebra" }],
    ["with another number in an undeclared path", { url: "/v1/lessons/7" }, { url: "/v1/lessons/12" }],
    ["with another id in an undeclared path", { url: "/v1/lessons/les_a1" }, { url: "/v1/lessons/les_b22" }],
    [
      "with another UUID",
      { url: `/v1/x/${"0f0f0f0f-1111-4222-8333-abcdefabcdef"}` },
      { url: "/v1/x/AAAAAAAA-1111-4222-8333-abcdefabcde0" },
    ],
    ["with another hash", { url: "/v1/x/deadbeefdeadbeef01" }, { url: "/v1/x/cafebabecafebabe99" }],
    ["with another time", { url: "/v1/x?at=2026-01-05T12:00:00Z" }, { url: "/v1/x?at=2026-02-07T01:00:00.5Z" }],
    ["with another id by its name in the query", { url: "/v1/x?course_id=optics" }, { url: "/v1/x?course_id=algebra" }],
    ["with another escaped id", { url: "/v1/x?a=les%5Fa1" }, { url: "/v1/x?a=les_b2" }],
    ["with the query in another order", { url: "/v1/x?b=1&a=2" }, { url: "/v1/x?a=2&b=1" }],
    ["with another id by its name in the body", { requestBody: { presetId: "a", id: 1 } }, { requestBody: { id: 27, presetId: "b" } }],
    ["with another id by its look in the body", { requestBody: { of: ["pre_a1"] } }, { requestBody: { of: ["pre_b2"] } }],
    [
      "with another id in a form",
      { requestBody: "a=b&user-id=x", requestHeaders: { "content-type": "application/x-www-form-urlencoded" } },
      { requestBody: "user-id=y&a=b", requestHeaders: { "content-type": "application/x-www-form-urlencoded; charset=utf-8" } },
    ],
    ["with other fields that decide nothing", { requestHeaders: { "user-agent": "a" } }, { requestHeaders: { "user-agent": "b" } }],
    ["with another value of a condition", { requestHeaders: { "if-match": '"1"' } }, { requestHeaders: { "if-match": '"2"' } }],
    ["with another credential", { account: "alice" }, { account: "bob" }],
    ["by the same label of a declared operation", { label: "gone", url: "/v1/courses/a/b" }, { label: "gone", url: "/v1/courses/a/c" }],
    ["by the same probe", { probe: { id: "gone", live: false }, requestBody: { a: 1 } }, { probe: { id: "gone", live: false } }],
    [
      "by the same label, though the body was not captured",
      { label: "gone", requestBodyState: "not-captured" },
      { label: "gone", requestBodyState: "not-captured" },
    ],
  ])("%s", async (_, one, other) => {
    expect(await told([{ ...missing, ...one, times: 3 }], [{ ...forbidden, ...other, times: 3 }])).toEqual(is403);
  });

  it("and prove something at once, unless the ids in query or body are others: they may be at fault themselves", async () => {
    const post = (parts: Parts, id: string, more: object = {}): Parts => ({
      ...parts,
      method: "POST",
      url: "/v1/x",
      requestBody: { id, ...more },
    });
    const refused: Parts = { status: 400, body: error("invalid_request_error", "bad") };
    const renamed: Parts = { status: 400, body: error("invalid_request_error", "worse") };
    expect(await told([post(refused, "a")], [post(ok, "a")])).toEqual(["status-changed 400 -> 200"]);
    expect(await told([{ ...post(refused, "a"), times: 3 }], [{ ...post(ok, "b"), times: 3 }])).toEqual([]);
    expect(await told([{ ...post(ok, "a"), times: 3 }], [{ ...post(refused, "b"), times: 3 }])).toEqual([]);
    expect(await told([post(ok, "a"), post(ok, "b")], [post(refused, "b")])).toEqual(["status-changed 200 -> 400"]);
    expect(await told([post(ok, "a")], [post(refused, "c"), post(refused, "b")])).toEqual([]);
    expect(await told([post(ok, "a")], [post(refused, "a"), post(refused, "b")])).toEqual(["status-changed 200 -> 400"]);
    expect(await told([post(refused, "a")], [post(ok, "c"), post(ok, "b")])).toEqual([]);
    expect(await told([post(refused, "a")], [post(ok, "a"), post(ok, "b")])).toEqual(["status-changed 400 -> 200"]);
    expect(await told([post(missing, "a"), post(ok, "b")], [post(forbidden, "b")])).toEqual(is403);
    expect(await told([{ ...post(missing, "a"), times: 2 }], [{ ...post(forbidden, "b"), times: 3 }])).toEqual([]);
    expect(await told([post(refused, "a")], [post(renamed, "b")])).toEqual([]);
    expect(await told([post(refused, "a")], [post(renamed, "a")])).toEqual(["code-changed bad -> worse"]);
    const at = (month: string) => ({ at: `2026-${month}-01T12:00:00Z` });
    expect(await told([post(refused, "a", at("01"))], [post(renamed, "a", at("02"))])).toEqual(["code-changed bad -> worse"]);
    const many = Array.from({ length: 21 }, (_, n) => post(ok, `n${n}`));
    expect(await told(many, [post(refused, "n19")])).toEqual(["status-changed 200 -> 400"]);
    expect(await told(many, [post(refused, "n20")])).toEqual(["status-changed 200 -> 400"]);
    expect(
      await told(
        many.map((parts) => ({ ...parts, ...missing })),
        [post(forbidden, "n20")],
      ),
    ).toEqual(is403);
    const named = { label: "bad id" };
    expect(await told([{ ...post(refused, "a"), ...named }], [{ ...post(ok, "b"), ...named }])).toEqual(["status-changed 400 -> 200"]);
  });

  it("with all of a word's parameters", async () => {
    const contract = await contractOf(
      "operations: {repo: 'GET /repos/{owner}/{name}/issues'}\nenvelopes: {a: {members: {message: /message}}}\nerrors: [{name: e, status: 4XX}]",
    );
    const at = (url: string, status: number): Parts => ({ url, status, body: { message: "m" } });
    const thrice = (parts: Parts) => [{ ...parts, times: 3 }];
    expect(await told(thrice(at("/repos/anna/optics/issues", 404)), thrice(at("/repos/bert/algebra/issues", 403)), contract)).toEqual(
      is403,
    );
    expect(await told(thrice(at("/repos/anna/optics/issues", 404)), thrice(at("/repos/anna/optics/pulls", 403)), contract)).toEqual([]);
  });
});

describe("ids in the path may be at fault themselves", () => {
  const of = (id: string, parts: Parts): Parts => ({ ...parts, url: `/v1/courses/${id}` });
  const thrice = (parts: Parts): Parts => ({ ...parts, times: 3 });
  const told404: Parts = { status: 404, body: error("not_found_error", "gone") };

  it.each<[string, Parts[], Parts[], string[]]>([
    ["the same id, once", [of("a", missing)], [of("a", forbidden)], is403],
    ["another id, once", [of("a", missing)], [of("b", forbidden)], []],
    ["another id, twice", [of("a", missing), of("b", missing)], [of("c", forbidden), of("d", forbidden)], []],
    ["other ids, three times", [thrice(of("a", missing))], [thrice(of("b", forbidden))], is403],
    ["one of those before", [of("a", missing), of("b", missing)], [of("b", forbidden)], is403],
    ["another id, named", [{ ...of("a", missing), label: "gone" }], [{ ...of("b", forbidden), label: "gone" }], is403],
    ["another code for another id", [of("a", missing)], [of("b", told404)], []],
    ["another code for other ids", [thrice(of("a", missing))], [thrice(of("b", told404))], ["code-changed course_not_found -> gone"]],
    ["another id that is served", [of("a", ok)], [of("b", { status: 400, body: error("invalid_request_error", "odd") })], []],
    [
      "an id that is served before",
      [of("a", ok)],
      [of("a", { status: 400, body: error("invalid_request_error", "odd") })],
      ["status-changed 200 -> 400"],
    ],
    ["another id that is served after", [of("a", { status: 400, body: error("invalid_request_error", "odd") })], [of("b", ok)], []],
  ])("%s", async (_, before, after, expected) => {
    expect(await told(before, after)).toEqual(expected);
  });

  it("and is counted", async () => {
    const { unknown } = await compare([of("a", missing)], [of("b", forbidden)]);
    expect(unknown).toEqual(["status-changed: ids in the request differ (1)"]);
  });
});

describe("what may be the mishap of a moment", () => {
  const busy: Parts = { status: 503, body: error("server_error") };
  const at = (second: number, parts: Parts): Parts => ({ ...parts, at: Date.UTC(2026, 0, 5, 12, 0, second) });
  const thrice = (parts: Parts, apart: number) => [0, 1, 2].map((each) => at(each * apart, parts));
  const moment = ["status-changed: depends on the moment (1)"];

  it.each<[string, Parts[], Parts[], string[], string[]]>([
    ["a burst", thrice(ok, 1), thrice(busy, 1), [], moment],
    ["a minute", thrice(ok, 1), thrice(busy, 30), ["status-changed 200 -> 503"], []],
    ["less than a minute", thrice(missing, 1), thrice(busy, 29.9), [], moment],
    ["a burst before", thrice(busy, 1), thrice(ok, 1), [], moment],
    ["a burst before errors", thrice(busy, 1), thrice(missing, 1), [], moment],
    ["a minute before", thrice(busy, 30), thrice(ok, 1), ["status-changed 503 -> 200"], []],
    [
      "a burst in two captures",
      thrice(ok, 1),
      thrice(busy, 1).map((parts, n) => ({ ...parts, capture: `${n}.har` })),
      ["status-changed 200 -> 503"],
      [],
    ],
    ["nobody knows when", thrice(ok, 1), thrice(busy, 1).map((parts) => ({ ...parts, at: null })), [], moment],
    [
      "a burst of a named scenario",
      thrice({ ...ok, label: "s" }, 1),
      thrice({ ...busy, label: "s" }, 1),
      ["status-changed 200 -> 503"],
      [],
    ],
    ["a burst before, beside another error", [...thrice(busy, 1), missing], thrice(forbidden, 1), ["status-changed 503 or 404 -> 403"], []],
    [
      "two kinds of it, over a minute",
      thrice(ok, 1),
      [...thrice(busy, 1), at(60, { status: 502, body: error("server_error") })],
      ["status-changed 200 -> 502", "status-changed 200 -> 503"],
      [],
    ],
  ])("%s", async (_, before, after, expected, withheld) => {
    const { told, unknown } = await compare(before, after);
    expect([told, unknown]).toEqual([expected, withheld]);
  });
});

describe("two requests are not the same", () => {
  it.each<[string, Parts, Parts]>([
    ["by another method", { method: "DELETE" }, { method: "PATCH" }],
    ["below another word after a parameter", { url: "/v1/courses/a/notes" }, { url: "/v1/courses/a/drafts" }],
    ["on another path", { url: "/v1/lessons" }, { url: "/v1/lessons/all" }],
    ["with another word in the query", { url: "/v1/x?sort=up" }, { url: "/v1/x?sort=down" }],
    ["with another number in the query", { url: "/v1/x?page=2" }, { url: "/v1/x?page=200" }],
    ["with no id", { url: "/v1/x?course_id=" }, { url: "/v1/x?course_id=a" }],
    ["with a name that only sounds like an id's", { url: "/v1/x?valid=a" }, { url: "/v1/x?valid=b" }],
    ["with another text in the body", { requestBody: { title: "" } }, { requestBody: { title: "Optics" } }],
    ["with another number in the body", { requestBody: { level: 1 } }, { requestBody: { level: 12 } }],
    ["with an empty id in the body", { requestBody: { preset_id: "" } }, { requestBody: { preset_id: "a" } }],
    ["with the id of something else", { requestBody: { preset_id: "a", title: "b" } }, { requestBody: { preset_id: "a", title: "c" } }],
    ["with a text too long for an id", { requestBody: { a: `a1${"b".repeat(127)}` } }, { requestBody: { a: `a2${"b".repeat(127)}` } }],
    ["with a word for an id", { requestBody: { a: "internationalisation" } }, { requestBody: { a: "internationalization" } }],
    ["with a short id without a prefix", { requestBody: { a: "b2" } }, { requestBody: { a: "b3" } }],
    ["of another media type", { requestBody: "a", requestHeaders: { "content-type": "text/a" } }, { requestBody: "a" }],
    ["that asks for another media type", { requestHeaders: { accept: "text/html" } }, { requestHeaders: { accept: "application/json" } }],
    ...["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "range"].map((name): [string, Parts, Parts] => [
      `with ${name}`,
      { requestHeaders: { [name]: "x" } },
      {},
    ]),
    ["by nobody", { account: undefined }, { account: "alice" }],
    ["by accounts of other names", { account: { id: "1", name: "alice" } }, { account: { id: "1", name: "bob" } }],
    ["with another label", { label: "gone" }, { label: "foreign" }],
    ["with a label on one side", { label: "gone" }, {}],
    ["by the same label on another path that is not declared", { label: "a", url: "/v1/x" }, { label: "a", url: "/v1/y" }],
    ["by the same number for a label", { label: "[#12]", url: "/v1/x" }, { label: "[#12]", url: "/v1/y" }],
    ["by a number for a label, as without one", { label: "7", url: "/v1/courses/a" }, { label: "8", url: "/v1/courses/a/b" }],
    ["with an Idempotency-Key", { requestHeaders: { "idempotency-key": "k" } }, {}],
  ])("%s", async (_, one, other) => {
    const { told, unknown } = await compare([{ ...missing, ...one }], [{ ...forbidden, ...other }]);
    expect(told).toEqual([]);
    expect(unknown.sort()).toEqual([
      "status-changed: no counterpart after the change (1)",
      "status-changed: no counterpart before the change (1)",
    ]);
  });

  it("or it is not known: a body that was not captured whole", async () => {
    for (const requestBodyState of ["not-captured", "truncated"] as const) {
      const unseen = { method: "POST", requestBody: { a: 1 }, requestBodyState };
      const { told, unknown } = await compare(
        [{ ...missing, ...unseen }],
        [
          { ...forbidden, ...unseen },
          { ...ok, ...unseen },
        ],
      );
      expect(told).toEqual([]);
      expect(unknown).toEqual(["status-changed: request body not captured (2)"]);
    }
  });
});

describe("the host", () => {
  const at = (host: string, parts: Parts): Parts => ({ ...parts, url: `https://${host}/v1/x` });
  const stranger: Parts = { status: 404, body: "<html>" };

  it("of both sides is compared with itself alone", async () => {
    const before = [at("a.example", missing), at("b.example", forbidden)];
    expect(await told(before, [at("a.example", missing), at("b.example", forbidden)])).toEqual([]);
    expect(await told(before, [at("a.example", forbidden)])).toEqual(is403);
  });

  it("that is new stands for the one that speaks the contract", async () => {
    const before = [at("cdn.example", stranger), at("staging.example", missing)];
    expect(await told(before, [at("api.example", forbidden)])).toEqual(is403);
    expect(
      await told(
        [at("cdn.example", stranger), { ...at("staging.example", missing), url: "https://staging.example/v1/y" }],
        [at("api.example", forbidden)],
      ),
    ).toEqual([]);
  });

  it("that is new stands for any where none speaks the contract", async () => {
    expect(await told([at("cdn.example", stranger)], [at("api.example", { ...stranger, status: 403 })])).toEqual(is403);
  });

  it("that is new may stand for several: nobody knows which", async () => {
    const { told, unknown } = await compare(
      [at("a.example", missing), at("b.example", missing)],
      [at("c.example", forbidden), at("c.example", ok)],
    );
    expect(told).toEqual([]);
    expect(unknown).toContain("status-changed: several servers answered it before the change (1)");
  });

  it("that is new is not compared where there are too many", async () => {
    const many = Array.from({ length: 21 }, (_, n) => ({ ...missing, url: `https://h${n}.example/v1/${n === 0 ? "x" : `y${n}z`}` }));
    expect(await told(many, [at("api.example", forbidden)])).toEqual([]);
    expect(await told(many.slice(0, 20), [at("api.example", forbidden)])).toEqual(is403);
  });
});

describe("a status", () => {
  it("weighs by what it depends on", () => {
    const weigh = (...statuses: number[]) => statuses.map((status) => weighStatus(status, true));
    expect(weigh(200, 302, 399)).toEqual(["served", "served", "served"]);
    expect(weigh(400, 405, 415, 422, 501)).toEqual(Array(5).fill("request"));
    expect(weigh(403, 404, 410, 418)).toEqual(Array(4).fill("resource"));
    expect(weigh(409, 412, 423, 424)).toEqual(Array(4).fill("state"));
    expect(weigh(401, 407, 408, 425, 429, 500, 503, 599)).toEqual(Array(8).fill("moment"));
    expect(weighStatus(401, false)).toBe("resource");
  });

  it("takes as many samples as chance and state ask for", () => {
    expect([
      samplesForStatus("resource", "resource", true),
      samplesForStatus("request", "served", true),
      samplesForStatus("state", "request", true),
    ]).toEqual([1, 1, 1]);
    expect([samplesForStatus("moment", "served", true), samplesForStatus("request", "moment", true)]).toEqual([3, 3]);
    const never = Number.POSITIVE_INFINITY;
    expect([
      samplesForStatus("served", "resource", true),
      samplesForStatus("resource", "state", true),
      samplesForStatus("state", "served", true),
    ]).toEqual([never, never, never]);
    expect((["request", "resource", "state", "moment"] as const).map((weight) => samplesForMembers(weight, true))).toEqual([1, 1, 3, 3]);
    expect((["request", "resource", "state", "moment"] as const).map((weight) => samplesForMembers(weight, false))).toEqual([3, 3, 3, 3]);
    expect([samplesForStatus("resource", "resource", false), samplesForStatus("moment", "request", false)]).toEqual([3, 3]);
    expect([samplesForStatus("request", "served", false), samplesForStatus("state", "request", false)]).toEqual([never, never]);
  });

  const crashed: Parts = { status: 500, body: error("server_error") };
  const conflict: Parts = { status: 409, body: error("invalid_request_error", "already_launched") };
  const bad: Parts = { status: 400, body: error("invalid_request_error", "bad") };
  const proxied: Parts = {
    status: 403,
    body: "<html><center>nginx</center></html>",
    headers: { "content-type": "text/html", server: "nginx" },
  };
  const thrice = (parts: Parts) => ({ ...parts, times: 3 });

  it.each<[string, Parts[], Parts[], string[]]>([
    ["of one side among several of the other", [missing, forbidden], [missing], []],
    ["of which none is left", [missing, { ...missing, status: 410 }], [forbidden], ["status-changed 404 or 410 -> 403"]],
    ["that comes back later", [missing], [forbidden, missing], []],
    ["that was there first", [missing], [missing, forbidden], []],
    ["beside successes", [missing, ok], [ok, forbidden], is403],
    ["beside a limit", [missing, limited], [forbidden], ["status-changed 404 or 429 -> 403"]],
    ["by chance", [thrice(missing)], [{ ...crashed, times: 2 }], []],
    ["by chance, the other way", [{ ...missing, times: 2 }], [thrice(crashed)], []],
    ["three times on each side", [thrice(missing)], [thrice(crashed)], ["status-changed 404 -> 500"]],
    ["after successes, by chance", [thrice(ok)], [{ ...crashed, times: 2 }], []],
    ["after few successes", [{ ...ok, times: 2 }], [thrice(crashed)], []],
    ["after successes, three times", [thrice(ok)], [thrice(crashed)], ["status-changed 200 -> 500"]],
    ["after successes, and among them", [thrice(ok)], [thrice(crashed), ok], []],
    ["after successes, and before them", [thrice(ok)], [ok, thrice(crashed)], []],
    ["that depends on the state", [thrice(ok)], [thrice(missing)], []],
    ["that depends on the state, gone", [thrice(conflict)], [thrice(missing)], []],
    ["that does not depend on the state any more", [conflict], [bad], ["status-changed 409 -> 400"]],
    ["of the request, after a success", [ok], [bad], ["status-changed 200 -> 400"]],
    ["of the request, before a success", [bad], [ok], ["status-changed 400 -> 200"]],
    ["of the request, before a success and an error", [bad], [ok, missing], ["status-changed 400 -> 404"]],
    ["of the request and another, before a success", [bad, missing], [ok], []],
    ["before a success, where there was one already", [bad, ok], [ok], []],
    ["of the moment before successes", [thrice(crashed)], [thrice(ok)], ["status-changed 500 -> 200"]],
    ["of the moment before a few successes", [thrice(crashed)], [{ ...ok, times: 2 }], []],
    ["of the moment, seldom, before successes", [{ ...crashed, times: 2 }], [thrice(ok)], []],
    ["of a gateway", [missing], [proxied], []],
    ["of an old credential", [missing], [{ status: 401, body: error("authentication_error") }], []],
  ])("%s", async (_, before, after, expected) => {
    expect((await told(before, after)).filter((line) => line.startsWith("status"))).toEqual(expected);
  });

  it.each<[string, Parts, Parts, string]>([
    ["served, then missing", ok, missing, "200 -> 404"],
    ["missing, then served", missing, ok, "404 -> 200"],
    ["missing, then in conflict", missing, conflict, "404 -> 409"],
    ["missing, then crashed", missing, crashed, "404 -> 500"],
  ])("of a named scenario is told at once: %s", async (_, before, after, expected) => {
    const label = "the course is gone";
    expect(await told([{ ...before, label }], [{ ...after, label }])).toEqual([`status-changed ${expected}`]);
  });

  it("is told for each way it changed, of each operation", async () => {
    const { report } = await compare(
      [missing, { ...missing, url: "/v1/presets/a" }, { ...badTitle }],
      [forbidden, { ...missing, status: 410, url: "/v1/presets/a" }, { ...badTitle, status: 422 }],
    );
    expect(report.findings.map(({ operation, message }) => `${operation}: ${message}`).sort()).toEqual([
      "anyCourse: The same request was refused with 404 before the change, and is now refused with 403.",
      "anyPreset: The same request was refused with 404 before the change, and is now refused with 410.",
      "other: The same request was refused with 400 before the change, and is now refused with 422.",
    ]);
  });
});

describe("a type or code", () => {
  const of = (status: number, type?: string, code?: unknown): Parts => ({ method: "POST", status, body: error(type, code) });
  const quota = of(429, "quota_exceeded", "quota_exceeded");
  const thrice = (parts: Parts) => ({ ...parts, times: 3 });
  const post = { ...limited, method: "POST" };

  it.each<[string, Parts[], Parts[], string[]]>([
    ["among several of before", [of(400, "a"), of(400, "b")], [of(400, "b")], []],
    ["none of several of before", [of(400, "a"), of(400, "b")], [of(400, "c")], ["type-changed a or b -> c"]],
    ["that comes back later", [of(400, "a")], [of(400, "c"), of(400, "a")], []],
    ["of another status", [of(400, "a"), of(404, "b")], [of(404, "b")], []],
    ["that was none", [of(400, undefined, "x")], [of(400, "a", "x")], ["type-changed none -> a"]],
    ["code among several", [of(400, "a", "x"), of(400, "a", "y")], [of(400, "a", "y")], []],
    ["code none of several", [of(400, "a", "x"), of(400, "a", "y")], [of(400, "a", "z")], ["code-changed x or y -> z"]],
    ["code that comes back", [of(400, "a", "x")], [of(400, "a", "z"), of(400, "a", "x")], []],
    ["code that is no text", [of(400, "a", { x: 1 })], [of(400, "a", { x: 2 })], []],
    ["code that is a text no more", [of(400, "a", "x")], [of(400, "a", { x: 2 })], ["code-changed x -> an object"]],
    ["code that is a list", [of(400, "a", { x: 2 })], [of(400, "a", ["x"])], ["code-changed an object -> an array"]],
    ["code of another type", [of(400, "a", "x"), of(400, "b", "y")], [of(400, "b", "y")], []],
    ["code that is a number", [of(400, "a", 1001)], [of(400, "a", 1002)], ["code-changed 1001 -> 1002"]],
    ["code of a conflict, twice", [{ ...of(409, "a", "x"), times: 3 }], [{ ...of(409, "a", "y"), times: 2 }], []],
    ["code of a conflict, thrice", [thrice(of(409, "a", "x"))], [thrice(of(409, "a", "y"))], ["code-changed x -> y"]],
    ["a limit, then a quota", [thrice(post)], [thrice(quota)], []],
    ["a limit, then what no row has", [thrice(post)], [thrice(of(429, "slow_down"))], ["type-changed rate_limit_error -> slow_down"]],
    ["a limit and what no row has, then a quota", [thrice(post), thrice(of(429, "slow_down"))], [thrice(quota)], []],
    ["what no row has, then a quota", [thrice(of(429, "slow_down"))], [thrice(quota)], ["type-changed slow_down -> quota_exceeded"]],
    ["no error object any more", [of(400, "a")], [{ method: "POST", status: 400, body: { a: 1 } }], ["type-changed a -> no error object"]],
  ])("%s", async (_, before, after, expected) => {
    expect((await told(before, after)).filter((line) => /^(?:type|code)/.test(line))).toEqual(expected);
  });

  it("of a named scenario is told at once", async () => {
    const label = "too fast";
    expect(await told([{ ...post, label }], [{ ...quota, label }])).toEqual(["type-changed rate_limit_error -> quota_exceeded"]);
    expect(await told([{ ...of(409, "a", "x"), label }], [{ ...of(409, "a", "y"), label }])).toEqual(["code-changed x -> y"]);
  });

  it("of several error objects counts once each, in whatever order", async () => {
    const contract = await contractOf(
      "envelopes: {a: {pointer: /errors, array: all, members: {type: /type, code: /code}, required: [type]}}\nopenTypes: true\nerrors: [{name: e, status: 4XX}]",
    );
    const many = (...types: string[]): Parts => ({ status: 400, body: { errors: types.map((type) => ({ type })) } });
    expect(await told([many("a", "b")], [many("b", "a", "a")], contract)).toEqual([]);
    expect(await told([many("a", "b")], [many("b", "c")], contract)).toEqual(["type-changed a, b -> b, c"]);
  });

  it("is unknown where a body was not captured, on either side; a HEAD has none", async () => {
    const unseen: Parts = { status: 404, body: "", bodyState: "not-captured" };
    expect(await compare([missing], [unseen])).toMatchObject({ told: [], unknown: ["type-changed: body not captured (1)"] });
    expect(await compare([missing], [{ ...missing, bodyState: "truncated" }])).toMatchObject({
      told: [],
      unknown: ["type-changed: body cut off in the capture (1)"],
    });
    expect(await compare([unseen], [missing])).toMatchObject({
      told: [],
      unknown: ["type-changed: body not captured before the change (1)"],
    });
    expect(await compare([unseen, forbidden], [missing])).toMatchObject({
      unknown: ["type-changed: body not captured before the change (1)"],
    });
    expect(await compare([missing], [forbidden])).toMatchObject({ told: is403, unknown: [] });
    expect(await compare([unseen], [unseen])).toMatchObject({ told: [], unknown: [] });
    expect(await compare([unseen, missing], [missing])).toMatchObject({ told: [], unknown: [] });
    const head: Parts = { method: "HEAD", status: 404, bodyState: "empty" };
    expect(await compare([head], [head])).toMatchObject({ told: [], unknown: [] });
  });

  it("is not asked of a gateway", async () => {
    const page: Parts = {
      status: 503,
      body: "<html><center>nginx</center></html>",
      headers: { "content-type": "text/html", server: "nginx" },
    };
    expect(await compare([{ status: 503, body: error("server_error"), times: 3 }], [{ ...page, times: 3 }])).toMatchObject({
      told: [],
      unknown: [],
    });
    expect(await compare([{ ...page, times: 3 }], [{ status: 503, body: error("server_error"), times: 3 }])).toMatchObject({
      told: [],
      unknown: [],
    });
  });
});

describe("a member", () => {
  const of = (more: object): Parts => ({ ...badTitle, body: error("invalid_request_error", "title_missing", "No.", more) });
  const elsewhere = (parts: Parts, n: number): Parts => ({ ...parts, requestBody: { n } });
  const always = [{ ...of({ param: "a" }), times: 3 }];

  it.each<[string, Parts[], Parts[], string[]]>([
    [
      "that was there in answers to other requests too",
      [1, 2, 3].map((n) => elsewhere(of({ param: "a" }), n)),
      [elsewhere(of({}), 1)],
      ["member-removed string -> absent"],
    ],
    [
      "that was missing in answers to other requests",
      [elsewhere(of({ param: "a" }), 1), elsewhere(of({ param: "a" }), 2), elsewhere(of({}), 3)],
      [elsewhere(of({}), 1)],
      [],
    ],
    ["that was missing elsewhere, but never here", [...always, elsewhere(of({}), 3)], [of({})], ["member-removed string -> absent"]],
    ["that other requests had before", [{ ...of({}), times: 3 }, elsewhere(of({ param: "a" }), 3)], [of({ param: "a" })], []],
    [
      "that no request had before",
      [1, 2, 3].map((n) => elsewhere(of({}), n)),
      [elsewhere(of({ param: "a" }), 1)],
      ["member-added absent -> string"],
    ],
    [
      "of a list's first element",
      [{ ...of({ list: [{ a: 1 }] }), times: 3 }],
      [of({ list: [{ b: 1 }] })],
      ["member-added absent -> number", "member-removed number -> absent"],
    ],
    ["that was an object, with its members", [{ ...of({ o: { a: { b: 1 } } }), times: 3 }], [of({})], ["member-removed object -> absent"]],
    [
      "in too large a body",
      [{ ...of({ o: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, n])) }), times: 3 }],
      [of({})],
      [],
    ],
    ["in a body too large by now", always, [of({ o: Object.fromEntries(Array.from({ length: 101 }, (_, n) => [`k${n}`, n])) })], []],
    [
      "among many all in all",
      [
        {
          ...of({ a: Array.from({ length: 9 }, () => 1), ...Object.fromEntries(Array.from({ length: 99 }, (_, n) => [`k${n}`, n])) }),
          times: 3,
        },
      ],
      [of({})],
      [],
    ],
    ["of too long a name", [{ ...of({ ["n".repeat(200)]: 1, param: "a" }), times: 3 }], [of({})], []],
  ])("%s", async (_, before, after, expected) => {
    expect(await told(before, after)).toEqual(expected);
  });

  it("of a body without an error object is nobody's promise", async () => {
    const plain = (body: object): Parts => ({ status: 404, body: { ...body } });
    expect(await told([{ ...plain({ a: 1, b: 2 }), times: 3 }], [plain({ a: 1 })])).toEqual([]);
  });

  it("is told at its place, and once for all requests of an operation", async () => {
    const { report } = await compare(
      [1, 2, 3].map((n) => elsewhere(of({ param: "a" }), n)),
      [1, 2, 3].map((n) => elsewhere(of({}), n)),
    );
    expect(report.findings).toMatchObject([
      {
        count: 3,
        severity: "error",
        row: "invalid-request",
        samples: [{ place: { kind: "body", pointer: "/detail/error/param" }, related: [{ capture: "before.har", entry: 0 }] }, {}, {}],
      },
    ]);
  });
});

describe("a member of a role that the envelope requires", async () => {
  const roles = await contractOf(
    "envelopes: {a: {pointer: /error, members: {type: /type, message: [/message, /text], requestId: [{header: request-id}, /id]}, required: [type, message, requestId]}}\n" +
      "openTypes: true\nerrors: [{name: e, status: 404}]",
  );
  const of = (more: object, n = 1): Parts => ({ status: 404, url: `/v1/x?n=${n}`, body: { error: { type: "gone", ...more } } });
  const removed = ["member-removed string -> absent"];
  const whole = of({ message: "a", id: "b" });

  it.each<[string, Parts[], Parts[], string[], string[]]>([
    ["is missed at once", [whole], [of({ id: "b" })], removed, []],
    [
      "is missed at once, though other requests went without",
      [of({ id: "b" }, 2), of({ id: "b" }, 3), whole],
      [of({ id: "b" })],
      removed,
      ["status-changed: no counterpart after the change (2)"],
    ],
    ["is not missed where it was missing at times", [whole, of({ id: "b" })], [of({ id: "b" })], [], []],
    ["is not missed where it comes back", [whole], [of({ id: "b" }), whole], [], []],
    [
      "is not missed where the role has another place by now",
      [whole],
      [of({ text: "a", id: "b" })],
      [],
      ["member-added: fewer than three answers before the change (1)", "member-removed: fewer than three answers before the change (1)"],
    ],
    [
      "is not missed where a header has its role",
      [whole],
      [{ ...of({ message: "a" }), headers: { "request-id": "b" } }],
      [],
      ["member-removed: fewer than three answers before the change (1)"],
    ],
    [
      "was no member where a header had its role",
      [{ ...of({ message: "a" }), headers: { "request-id": "b" } }],
      [of({ message: "a" })],
      [],
      [],
    ],
  ])("%s", async (_, before, after, expected, unknown) => {
    expect(await compare(before, after, roles)).toMatchObject({ told: expected, unknown });
  });

  it("is missed beside any number of members that may be left out", async () => {
    const many = Object.fromEntries(Array.from({ length: 25 }, (_, n) => [`k${n}`, n]));
    const rest = { id: "b" };
    expect(await told([of({ ...many, ...rest, message: "a" }), of(rest, 2)], [of(rest)], roles)).toEqual(removed);
  });

  it("is asked of the first of several error objects", async () => {
    const list = await contractOf(
      "envelopes: {a: {pointer: /errors, array: all, members: {type: /type, message: /message}, required: [type, message]}}\n" +
        "openTypes: true\nerrors: [{name: e, status: 404}]",
    );
    const many = (...errors: object[]): Parts => ({ status: 404, body: { errors: errors.map((more) => ({ type: "a", ...more })) } });
    const text = { message: "m" };
    expect(await told([many(text, text)], [many({}, text)], list)).toEqual([...removed, "message-changed m -> , m"]);
    expect(await told([many(text, text)], [many(text, {})], list)).toEqual(["message-changed m -> , m"]);
  });
});

describe("what is withheld is counted, by the rule that would have told it", async () => {
  const optional = await contractOf(
    "envelopes: {a: {pointer: /error, members: {type: /type}, required: [type]}}\n" +
      "errors: [{name: e, status: 404, type: gone, headers: {Link: {required: false, schema: {type: string}}}}]",
  );
  const crashed: Parts = { status: 503, body: error("server_error") };
  const conflict: Parts = { status: 409, body: error("invalid_request_error", "a") };
  const quota: Parts = { status: 429, body: error("quota_exceeded", "quota_exceeded") };
  const page: Parts = {
    status: 403,
    body: "<html><center>nginx</center></html>",
    headers: { "content-type": "text/html", server: "nginx" },
  };
  const withId = (parts: Parts, id: string): Parts => ({ ...parts, method: "POST", url: "/v1/x", requestBody: { id } });
  const more = (member: object): Parts => ({ ...missing, body: error("not_found_error", "course_not_found", "No.", member) });
  const link = (headers: Record<string, string>, parts: Parts = {}): Parts => ({
    status: 404,
    body: { error: { type: "gone" } },
    headers: { "x-a": "b", ...headers },
    ...parts,
  });
  const script = { requestHeaders: { origin: "https://app.example" } };
  const few = "fewer than three answers on one side";
  const fewBefore = "fewer than three answers before the change";
  const state = "depends on the state of the server";
  const ids = "ids in the request differ";

  it.each<[string, Parts[], Parts[], string[]]>([
    ["missing, then served", [missing], [ok], [`status-changed: ${state} (1)`]],
    ["served, then missing", [ok], [missing], [`status-changed: ${state} (1)`]],
    ["missing, then in conflict, however often", [{ ...missing, times: 3 }], [{ ...conflict, times: 3 }], [`status-changed: ${state} (1)`]],
    ["missing, then limited", [missing], [limited], [`status-changed: ${few} (1)`]],
    ["missing, then crashed, twice", [{ ...missing, times: 3 }], [{ ...crashed, times: 2 }], [`status-changed: ${few} (1)`]],
    ["missing, then an old credential", [missing], [{ status: 401, body: error("authentication_error") }], [`status-changed: ${few} (1)`]],
    ["missing, then a gateway", [missing], [page], [`status-changed: ${few} (1)`]],
    ["crashed, then served", [crashed], [ok], [`status-changed: ${few} (1)`]],
    ["served, then crashed", [ok], [crashed], [`status-changed: ${few} (1)`]],
    ["two outcomes, each of them", [missing], [crashed, limited], [`status-changed: ${few} (2)`]],
    [
      "two requests, each of them",
      [missing, { ...missing, url: "/v1/a" }],
      [crashed, { ...crashed, url: "/v1/a" }],
      [`status-changed: ${few} (2)`],
    ],
    ["a success and an error, once", [missing], [ok, crashed], [`status-changed: ${few} (1)`]],
    ["a success and then an error that was there", [missing], [ok, missing], []],
    ["a chance beside what was there", [missing], [crashed, missing], []],
    ["a chance beside successes", [ok], [crashed, ok], []],
    ["served, with other ids", [withId(badTitle, "a")], [withId(ok, "b")], [`status-changed: ${ids} (1)`]],
    ["forbidden, with other ids", [withId(missing, "a")], [withId(forbidden, "b")], [`status-changed: ${ids} (1)`]],
    ["missing, then served, with other ids", [withId(missing, "a")], [withId(ok, "b")], [`status-changed: ${state} (1)`]],
    ["missing, then crashed, with other ids", [withId(missing, "a")], [withId(crashed, "b")], [`status-changed: ${few} (1)`]],
    ["a type of a conflict", [conflict], [{ ...conflict, body: error("b", "a") }], [`type-changed: ${few} (1)`]],
    ["a code of a conflict", [conflict], [{ ...conflict, body: error("invalid_request_error", "b") }], [`code-changed: ${few} (1)`]],
    [
      "a code, with other ids",
      [withId(missing, "a")],
      [withId({ ...missing, body: error("not_found_error", "x") }, "b")],
      [`code-changed: ${ids} (1)`],
    ],
    ["a limit, then a quota", [{ ...limited, times: 3 }], [{ ...quota, times: 3 }], ["type-changed: depends on the moment (1)"]],
    ["a limit, then a quota and the limit", [limited], [quota, limited], []],
    ["a member that is gone", [more({ a: 1 })], [more({})], [`member-removed: ${fewBefore} (1)`]],
    ["a member that is gone, and comes back", [more({ a: 1 })], [more({}), more({ a: 1 })], []],
    ["a member that is new", [more({})], [more({ a: 1 })], [`member-added: ${fewBefore} (1)`]],
    [
      "a member that another answer lacked",
      [more({ a: 1 }), { ...more({}), url: "/v1/a" }],
      [more({})],
      ["status-changed: no counterpart after the change (1)"],
    ],
    ["nothing, where a change is told", [missing], [forbidden], []],
    ["nothing, where all is the same", [missing], [missing], []],
  ])("%s", async (_, before, after, expected) => {
    expect((await compare(before, after)).unknown).toEqual(expected);
  });

  it.each<[string, Parts[], Parts[], string[]]>([
    ["that may be left out", [link({ link: "a" })], [link({})], [`header-removed: ${fewBefore} (1)`]],
    ["that comes back", [link({ link: "a" })], [link({}), link({ link: "a" })], []],
    [
      "that the capture hides",
      [{ ...link({ link: "a" }, script), times: 3 }],
      [link({ "x-a": "" }, { ...script, headers: {} })],
      ["header-removed: headers hidden from the page script that made the capture (1)"],
    ],
    [
      "that the capture shows in another answer",
      [{ ...link({ link: "a" }, script), times: 3 }],
      [link({}, { ...script, headers: {} }), link({ link: "a" }, script)],
      [],
    ],
    [
      "that was missing at times, and is hidden",
      [link({ link: "a" }, script), link({}, script)],
      [link({}, { ...script, headers: {} })],
      [],
    ],
  ])("a header %s", async (_, before, after, expected) => {
    expect(await compare(before, after, optional)).toMatchObject({ told: [], unknown: expected });
  });

  it("but not in a scenario that the captures name", async () => {
    const named = (parts: Parts): Parts => ({ ...parts, label: "gone" });
    for (const after of [ok, limited, crashed, page])
      expect(await compare([named(missing)], [named(after)])).toMatchObject({ told: [expect.stringMatching(/^status/)], unknown: [] });
    expect((await compare([named(limited)], [named(quota)])).unknown).toEqual([]);
  });
});

describe("a finding names the promise", async () => {
  const contract = await contractOf(
    "envelopes: {a: {pointer: /error, members: {type: /type, code: /code}}}\nopenTypes: true\nerrors:\n" +
      "  - {name: gone, status: 404, type: gone, code: [x, y]}\n  - {name: lost, status: 404, type: lost}\n  - {name: gone-z, status: 404, type: gone, code: z}\n" +
      "  - {name: no, status: 403}\n  - {name: bad, status: 400, type: bad}",
  );
  const of = (status: number, type?: string, code?: string): Parts => ({
    status,
    body: type === undefined ? {} : { error: { type, code } },
  });
  const served: Parts = { status: 200, body: { id: "c" }, label: "s" };

  it.each<[string, Parts[], Parts, string | null]>([
    ["of before, where the status is another", [of(404, "gone", "x")], of(403, "no"), "gone"],
    ["of before, where it is served now", [{ ...of(404, "lost"), label: "s" }], served, "lost"],
    ["of before, where the type is another", [of(404, "gone", "x")], of(404, "lost"), "gone"],
    ["of before, where the code is another", [of(404, "gone", "x")], of(404, "gone", "z"), "gone"],
    ["of before, though not of the first answer", [of(404, "other"), of(404, "lost")], of(403, "no"), "lost"],
    ["of before, though its body is unknown", [{ status: 400, bodyState: "not-captured" }], of(403, "no"), "bad"],
    ["of after, where the answer of before broke its own", [of(400, "other")], of(403, "no"), "no"],
    ["of after, where none is known of before", [of(404, "other")], of(403, "no"), "no"],
    ["of after, where it was served before", [served], { ...of(404, "gone", "x"), label: "s" }, "gone"],
    ["of after, where the type was nobody's", [of(404, "other")], of(404, "lost"), "lost"],
    ["of after, where the code was nobody's", [of(404, "gone", "u")], of(404, "gone", "x"), "gone"],
    ["of neither, where none is known", [of(404, "other")], of(404, "another"), null],
  ])("%s", async (_, before, after, row) => {
    const { report } = await compare(before, [after], contract);
    expect(report.findings.map((finding) => finding.row)).toEqual([row]);
  });
});

describe("a header", async () => {
  const optional = await contractOf(
    "envelopes: {a: {pointer: /error, members: {type: /type}, required: [type]}}\n" +
      "errors:\n  - {name: e, status: 404, type: gone, headers: {Link: {required: false, schema: {type: string}}, Age: {required: true, schema: {type: string}}}}",
  );
  const gone = (headers: Record<string, string>): Parts => ({ status: 404, body: { error: { type: "gone" } }, headers });

  it("that a row lets be left out takes three samples", async () => {
    expect(await told([{ ...gone({ age: "1", link: "a" }), times: 2 }], [gone({ age: "1" })], optional)).toEqual([]);
    expect(await told([{ ...gone({ age: "1", link: "a" }), times: 3 }], [gone({ age: "1" })], optional)).toEqual([
      "header-removed Link -> no such header",
    ]);
    expect(await told([gone({ age: "1" })], [gone({})], optional)).toEqual(["header-removed Age -> no such header"]);
  });

  it("is not missed where one capture hides fields", async () => {
    const script = { requestHeaders: { origin: "https://app.example" } };
    const seen = { ...gone({ age: "1", "x-a": "b" }), ...script };
    expect(await told([seen], [{ ...gone({}), ...script }], optional)).toEqual([]);
    expect(await told([{ ...gone({}), ...script }, seen], [{ ...gone({ "x-a": "b" }), ...script }], optional)).toEqual([
      "header-removed Age -> no such header",
    ]);
  });

  it("of a gateway is not its API's", async () => {
    const page = (headers: Record<string, string>): Parts => ({
      status: 404,
      body: "<html><center>nginx</center></html>",
      headers: { "content-type": "text/html", server: "nginx", ...headers },
    });
    expect(await told([page({ age: "1" })], [page({})], optional)).toEqual([]);
  });
});

describe("a message", () => {
  const says = (message: unknown, more: Parts = {}): Parts => ({
    ...missing,
    body: error("not_found_error", "course_not_found", message),
    ...more,
  });

  it.each<[string, Parts[], Parts[], string[]]>([
    ["of another text", [says("A.")], [says("B.")], ["message-changed A. -> B."]],
    [
      "with the request's own words",
      [says("No optics.", { url: "/v1/courses/optics" })],
      [says("No algebra.", { url: "/v1/courses/algebra" })],
      [],
    ],
    ["that comes back", [says("A.")], [says("B."), says("A.")], []],
    ["that is one of several", [says("A."), says("B.")], [says("B.")], []],
    ["where there were too many to know", ["A", "B", "C", "D", "E"].map((text) => says(text)), [says("F")], []],
    ["where there were a few", ["A", "B", "C", "D"].map((text) => says(text)), [says("F")], ["message-changed A -> F"]],
    ["that was none", [says(""), says("A")], [says("B")], []],
    ["that is none", [says("A")], [says("")], []],
  ])("%s", async (_, before, after, expected) => {
    expect(await told(before, after)).toEqual(expected);
  });
});

it("exchanges of no side are none of its business", async () => {
  const { told, unknown } = await compare([missing], [missing]);
  expect([told, unknown]).toEqual([[], []]);
  const audit = [missing, forbidden].map((parts, entry) => makeExchange({ ...parts, entry, account: "alice" } as ExchangeParts));
  expect((await judgeExchanges(audit, builtin, stability)).coverage.notObservable).toEqual([]);
});

describe("what is held is bounded", () => {
  it("by its weight: the oldest requests are forgotten, counted, and have no counterpart", async () => {
    const many = Array.from({ length: 6_000 }, (_, n) => ({ ...missing, url: `/v1/lessons?n=${n}` }));
    const { report, unknown } = await compare(many, [{ ...forbidden, url: "/v1/lessons?n=0" }]);
    expect(report.seen.forgotten).toBeGreaterThan(1_000);
    expect(unknown).toContain("status-changed: no counterpart before the change (1)");
  });

  it("by the suspicions of one request", async () => {
    const of = (name: string): Parts => ({
      ...missing,
      body: error(
        "not_found_error",
        "course_not_found",
        "No.",
        Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${name}${n}`, n])),
      ),
    });
    const { report } = await compare([{ ...of("a"), times: 3 }], [of("b")]);
    expect(report.findings.reduce((sum, { count }) => sum + count, 0)).toBe(20);
  });
});

describe("a secret of one side", () => {
  const [old, young] = ["QmvTxkLrWzuYpNsDfGhJaKc", "BxwEopLmQrStUvWaXyZbCd"];
  const of = (token: string, body: ReturnType<typeof error>): Parts => ({
    ...missing,
    body,
    requestHeaders: { authorization: `Bearer ${token}` },
    times: 3,
  });

  it.each([
    ["message", (token: string) => error("not_found_error", "course_not_found", `No course for ${token}.`)],
    ["code", (token: string) => error("not_found_error", `course_${token}`)],
    ["type", (token: string) => error(token, "course_not_found")],
    ["member", (token: string) => error("not_found_error", "course_not_found", "No.", { [token]: 1 })],
  ])("is not told by what is told of the other: %s", async (_, body) => {
    const plain = error("not_found_error", "course_not_found", "There is none.");
    for (const [before, after] of [
      [of(old, body(old)), of(young, plain)],
      [of(old, plain), of(young, body(young))],
    ] as const) {
      const { report } = await compare([before], [after]);
      expect(report.findings.length).toBeGreaterThan(0);
      expect(JSON.stringify(report)).not.toContain(old);
      expect(JSON.stringify(report)).not.toContain(young);
    }
  });

  it("is no change where each repeats its own", async () => {
    const body = (token: string) => error("not_found_error", "course_not_found", `No course for ${token}.`);
    expect(await told([of(old, body(old))], [of(young, body(young))])).toEqual([]);
  });
});
