import { describe, expect, it } from "vitest";
import { authentication } from "../../rules/authentication/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { Exchange } from "../../src/model/exchange.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const contractWith = (more: string) => parseContract(`envelint: 1\ntitle: t\nextends: builtin:course-api\n${more}`, { file: "t.yaml" });
const auth = (members: string) => contractWith(`authentication: {challenge: optional, ${members}}`);
const rows = "missing: unauthenticated, invalid: unauthenticated";

async function tell(exchanges: readonly Exchange[], contract: Contract = builtin) {
  const report = await judgeExchanges(exchanges, contract, authentication);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return {
    findings: report.findings.map(({ rule, note, severity, row, count }) => `${severity} ${rule.slice(15)} ${note} ${row} ${count}`),
    unobservable: report.coverage.notObservable.map(({ rule, reason, count }) => `${rule.slice(15)}: ${reason} ${count}`),
    report,
  };
}

const requestHeaders = { accept: "*/*" };
const known = makeExchange({ account: "alice", requestHeaders: { authorization: "a" }, body: { id: "c_1" } });
const stranger = (parts: ExchangeParts = {}) => makeExchange({ entry: 1, requestHeaders, body: { id: "c_1" }, ...parts });
const failure = (status: number, type = "invalid_request_error", code?: string, message = "No."): ExchangeParts => ({
  status,
  body: { detail: { error: { type, ...(code && { code }), message } } },
});
const unauthenticated = failure(401, "authentication_error");
const live = { id: "auth/none", live: true };
const served = ["warning anonymous-served served unauthenticated 1"];

describe("a request without a credential", () => {
  it("is sure to be one where its capture shows those of others to the same server, before it or after", async () => {
    expect((await tell([known, stranger()])).findings).toEqual(served);
    expect((await tell([stranger(), known])).findings).toEqual(served);
    const elsewhere: ExchangeParts[] = [{ capture: "b.har" }, { url: "https://b.example/v1/courses/c_1" }];
    for (const parts of elsewhere)
      for (const exchanges of [
        [known, stranger(parts)],
        [stranger(parts), known],
      ]) {
        const { findings, unobservable } = await tell(exchanges);
        expect(findings).toEqual([]);
        expect(unobservable).toEqual(["anonymous-served: credentials not visible in the capture 1"]);
      }
  });

  it("is told on what it met, also when it had to wait", async () => {
    const exchanges = [stranger(failure(404, "not_found_error", "course_not_found")), known];
    const [finding] = (await tell(exchanges)).report.findings;
    expect(finding).toMatchObject({ rule: "authentication/checked-too-late", row: "unauthenticated", operation: "anyCourse" });
    expect(finding?.samples[0]).toMatchObject({ entry: 1, status: 404, evidence: "HTTP ⟦404⟧" });
  });

  it("waits for its own timeline's end only", async () => {
    const at = (capture: string) => ({ capture, timeline: capture });
    const late = makeExchange({ ...at("a.har"), account: "alice", entry: 3 });
    const { findings, unobservable } = await tell([stranger(at("a.har")), stranger(at("b.har")), late, stranger(at("a.har"))]);
    expect(findings).toEqual(served);
    expect(unobservable).toEqual(["anonymous-served: credentials not visible in the capture 2"]);
    const together = { timeline: "all" };
    expect((await tell([stranger(together), makeExchange({ capture: "b.har", ...together, account: "alice" })])).findings).toEqual([]);
  });

  it("waits with so many others, and no more", async () => {
    const many = Array.from({ length: 70 }, () => stranger());
    const { findings, unobservable } = await tell([...many, known, stranger()]);
    expect(findings).toEqual(["warning anonymous-served served unauthenticated 65"]);
    expect(unobservable).toEqual(["anonymous-served: credentials not visible in the capture 6"]);
  });

  it("is one whatever the capture shows where envelint sent it itself", async () => {
    expect((await tell([stranger({ probe: live, requestHeaders: { cookie: "a=b" } })])).findings).toEqual([
      "error anonymous-served served unauthenticated 1",
    ]);
    expect((await tell([stranger({ probe: { ...live, live: false } })])).findings).toEqual([]);
  });

  it("may have been sent with one that the contract does not declare", async () => {
    const parts: ExchangeParts[] = [
      { requestHeaders: { ...requestHeaders, Cookie: "a=b" } },
      { requestHeaders: { "X-Api-Key": "a" } },
      { url: "/v1/courses/c_1?a=b&Session_Id=1" },
      { url: "/v1/courses/c_1?expires=123&hash=abc" },
      { url: "/v1/courses/c_1?Policy=abc" },
      { url: "/v1/courses/c_1?x-hmac-sha=abc" },
      { method: "POST", requestBody: { user: "a", password: "b" } },
      { method: "POST", requestBody: "grant_type=client_credentials&client_secret=b" },
    ];
    for (const part of parts) {
      const { findings, unobservable } = await tell([known, stranger(part)]);
      expect(findings).toEqual([]);
      expect(unobservable).toEqual(["anonymous-served: a credential that the contract does not declare 1"]);
    }
    expect((await tell([known, stranger({ requestHeaders: {} })])).unobservable).toEqual([
      "anonymous-served: request headers not captured 1",
    ]);
    const plain = { requestHeaders: { "idempotency-key": "a" }, url: "/v1/courses/c_1?page=token" };
    expect((await tell([known, stranger(plain)])).findings).toEqual(served);
  });

  it("is not one of an account that the user named, though no credential is seen, and that account makes none visible", async () => {
    const named = stranger({ account: { id: "n", name: "alice" } });
    expect((await tell([known, named])).findings).toEqual([]);
    expect((await tell([named, stranger()])).findings).toEqual([]);
  });

  it("is sure only where every declared credential was seen", async () => {
    const contract = await auth(`${rows}, credential: [{header: X-Key}, {cookie: sid}, {query: key}]`);
    const uses: ExchangeParts[] = [
      { requestHeaders: { "x-key": "a" } },
      { requestHeaders: { cookie: "a=b; sid=c" } },
      { url: "/v1/courses/c_1?a=b&key=c" },
    ];
    const all = uses.map((parts) => makeExchange({ ...parts, account: "alice" }));
    expect((await tell([...all, stranger()], contract)).findings).toEqual(served);
    for (const left of all) {
      const others = all.filter((one) => one !== left);
      expect((await tell([...others, ...others, stranger()], contract)).findings).toEqual([]);
    }
    const other = [...all.slice(0, 2), makeExchange({ url: "/v1/courses/c_1?keys=c", account: "alice" }), stranger()];
    expect((await tell(other, contract)).findings).toEqual([]);
    const sids = makeExchange({ requestHeaders: { cookie: "sids=c" }, account: "alice" });
    expect((await tell([all[0] as Exchange, sids, all[2] as Exchange, stranger()], contract)).findings).toEqual([]);
  });

  it("is looked for on a thousand servers of a timeline, and on those of the next", async () => {
    const servers = Array.from({ length: 1_001 }, (_, index) => `https://s${index}.example/v1/courses/c_1`);
    const first = servers.map((url) => makeExchange({ url, account: "alice" }));
    const of = (url = "") => [makeExchange({ url, account: "alice" }), stranger({ url })];
    expect((await tell([...first, ...of(servers[999])])).findings).toEqual(served);
    expect((await tell([...first, ...of(servers[1000])])).findings).toEqual([]);
    const next = of(servers[1000]).map((exchange) => ({ ...exchange, timeline: "next" }));
    expect((await tell([...first, ...next])).findings).toEqual(served);
  });
});

describe("what is protected", () => {
  it.each<[string, string, ExchangeParts, number]>([
    ["a declared operation", "", {}, 1],
    ["none where all are public", "public: ['*']", {}, 0],
    ["none that is also a public one", "public: [anyCourse]", { method: "POST", url: "/v1/courses/c_1/launch" }, 0],
    ["not what is not declared", "", { url: "/v1/lessons" }, 0],
  ])("%s", async (_, members, parts, count) => {
    expect((await tell([known, stranger(parts)], await auth(`${rows}, ${members}`))).findings).toHaveLength(count);
  });

  it("nothing, where the contract says nothing of authentication", async () => {
    const text = "envelint: 1\ntitle: t\nextends: builtin:problem-details\noperations: {a: '* /**'}";
    expect((await tell([known, stranger()], await parseContract(text, { file: "t.yaml" }))).findings).toEqual([]);
  });
});

describe("anonymous-served", () => {
  it.each<[ExchangeParts, number]>([
    [{ status: 299 }, 1],
    [{ status: 302, body: null }, 0],
    [{ method: "HEAD", body: null }, 1],
    [{ method: "OPTIONS" }, 0],
    [{ headers: { "content-type": "Text/HTML; charset=utf-8" }, body: "<html>" }, 0],
  ])("of %j: %i", async (parts, count) => {
    expect((await tell([known, stranger(parts)])).findings).toHaveLength(count);
  });

  it("is told of a page, too, where envelint itself asked", async () => {
    const page: ExchangeParts = { headers: { "content-type": "text/html" }, body: "<html>" };
    expect((await tell([stranger({ ...page, probe: live })])).findings).toEqual(["error anonymous-served served unauthenticated 1"]);
    expect((await tell([known, stranger({ ...page, probe: { ...live, live: false } })])).findings).toEqual([]);
  });

  it("says what was expected, also where no row is named", async () => {
    const sample = async (contract: Contract, parts = {}) =>
      (await tell([known, stranger(parts)], contract)).report.findings[0]?.samples[0];
    expect(await sample(builtin)).toMatchObject({ expected: "401 unauthenticated", found: "200" });
    expect(await sample(await auth("credential: {header: Authorization}"))).toMatchObject({ expected: "401" });
    expect(await sample(builtin, { probe: { id: "auth/malformed", live: false }, account: "x" })).toMatchObject({
      expected: "401 unauthenticated",
    });
    const two = await contractWith(twoRows);
    expect(await sample(two, { probe: { id: "auth/malformed", live: false }, account: "x" })).toMatchObject({
      expected: "401 bad-key or 401 no-key",
    });
  });
});

const twoRows = `errors:
  - {name: unauthenticated, status: 401, type: authentication_error, code: expired}
  - {name: no-key, status: 401, type: authentication_error, code: no_key}
  - {name: bad-key, status: 401, type: authentication_error, code: bad_key}
  - {name: quota, status: 403, type: quota_exceeded, code: quota_per_day, retry: retry-after}
  - {name: busy, status: 403, type: quota_exceeded, code: busy, retryAfter: required}
  - {name: gone, status: 410, type: not_found_error}
  - {name: none, status: 404, type: not_found_error, code: none}
operations: {oneLesson: 'GET /v1/lessons/{id}', lessons: ['GET /v1/lessons', '* /v1/drafts/{id}'], below: GET /v1/files/**}
authentication: {missing: no-key, invalid: bad-key, challenge: optional}`;

describe("an error to a stranger", () => {
  it.each<[string, ExchangeParts, string | undefined]>([
    ["the promised row", failure(401, "authentication_error", "no_key"), undefined],
    ["the right status with a wrong body", failure(401, "other_error"), undefined],
    ["the row for bad credentials", failure(401, "authentication_error", "bad_key"), "error wrong-answer missing no-key 1"],
    ["a 403", failure(403, "authentication_error"), "error wrong-answer missing no-key 1"],
    ["a bare 403", { status: 403, body: { message: "Forbidden" } }, "error wrong-answer missing no-key 1"],
    [
      "a gateway's 403",
      {
        status: 403,
        headers: { "content-type": "text/html", server: "cloudflare" },
        body: "<html><title>Attention Required! | Cloudflare</title></html>",
      },
      undefined,
    ],
    ["a limit told by 403", failure(403, "quota_exceeded", "quota_per_day"), undefined],
    ["a limit told by Retry-After", failure(403, "quota_exceeded", "busy"), undefined],
    ["a 500", failure(500, "server_error"), undefined],
    ["a 429", failure(429, "rate_limit_error", "retry_after_5"), undefined],
    ["a 405", failure(405, "invalid_request_error", "method"), undefined],
    ["a 415 that speaks of credentials", failure(415, "invalid_request_error", "x", "Unauthorized"), undefined],
    ["a 400", failure(400, "invalid_request_error", "title_required"), "warning checked-too-late late no-key 1"],
    ["a 400 without an envelope", { status: 400, body: "Bad" }, "warning checked-too-late late no-key 1"],
    ["a 422", { status: 422, body: { detail: [] } }, "warning checked-too-late late no-key 1"],
    ["a 410", failure(410, "not_found_error"), "warning checked-too-late late no-key 1"],
    ["a 409", failure(409, "invalid_request_error", "already_launched"), "warning checked-too-late late no-key 1"],
    [
      "a 400 that speaks of a key",
      failure(400, "invalid_request_error", "x", "Your API key is missing."),
      "error wrong-answer missing no-key 1",
    ],
    ["a 400 whose type speaks of it", failure(400, "authentication_error"), "error wrong-answer missing no-key 1"],
    ["a 400 whose code speaks of it", failure(400, "invalid_request_error", "login_required"), "warning checked-too-late late no-key 1"],
    [
      "a 400 whose code speaks of logging in",
      failure(400, "invalid_request_error", "not_logged_in"),
      "error wrong-answer missing no-key 1",
    ],
    ["a 404 of the masked resource", failure(404, "not_found_error", "course_not_found"), "warning checked-too-late late no-key 1"],
    ["a 404 without an envelope", { status: 404, body: { detail: "Not Found" } }, undefined],
    ["a 404 of no row", failure(404, "not_found_error", "nothing"), undefined],
    [
      "a 404 of an address that is declared",
      { ...failure(404, "not_found_error", "preset_not_found"), url: "/v1/lessons/1" },
      "warning checked-too-late late no-key 1",
    ],
    ["a bare 404 of an address that is declared", { status: 404, body: {}, url: "/v1/lessons/1" }, undefined],
  ])("%s", async (_, parts, finding) => {
    const contract = await contractWith(twoRows);
    expect((await tell([known, stranger(parts)], contract)).findings).toEqual(finding === undefined ? [] : [finding]);
  });

  it("is no resource's 404 where the operation stands for many addresses or methods", async () => {
    const contract = await contractWith(twoRows);
    const found = async (url: string) =>
      (await tell([known, stranger({ ...failure(404, "not_found_error", "none"), url })], contract)).findings;
    expect(await found("/v1/lessons/1")).toHaveLength(1);
    for (const url of ["/v1/files/a", "/v1/drafts/1", "/v1/lessons"]) expect(await found(url)).toEqual([]);
  });

  it("is named by its row, else by its code or type, else by its status", async () => {
    const found = async (parts: ExchangeParts) => (await tell([known, stranger(parts)])).report.findings[0]?.samples[0]?.found;
    expect(await found(failure(400, "invalid_request_error", "x"))).toBe("400 invalid-request");
    expect(await found(failure(403, "forbidden", "no_key"))).toBe('403 "no_key"');
    expect(await found(failure(403, "forbidden"))).toBe('403 "forbidden"');
    expect(await found({ status: 403, body: {} })).toBe("403");
  });

  it("is not judged where somebody in front of the API gave it", async () => {
    const page = { headers: { "content-type": "text/html" }, body: "<html><hr><center>nginx</center></html>" };
    for (const status of [400, 401, 403, 404]) expect((await tell([known, stranger({ ...page, status })])).findings).toEqual([]);
  });

  it("is judged more severely where envelint asked", async () => {
    const answer = failure(404, "not_found_error", "course_not_found");
    expect((await tell([stranger({ ...answer, probe: live })])).findings).toEqual(["error checked-too-late late unauthenticated 1"]);
  });

  it("may be late where no row is named, and cannot be wrong", async () => {
    const contract = await auth("credential: {header: Authorization}");
    const { findings, report } = await tell([known, stranger(failure(400, "invalid_request_error", "x"))], contract);
    expect(findings).toEqual(["warning checked-too-late late null 1"]);
    expect(report.findings[0]?.samples[0]?.expected).toBe("401");
    expect((await tell([known, stranger({ status: 422, body: {} })], contract)).findings).toEqual(["warning checked-too-late late null 1"]);
    expect((await tell([known, stranger(failure(403, "authentication_error"))], contract)).findings).toEqual([]);
  });
});

describe("a bad credential", () => {
  const bad = (id: string, parts: ExchangeParts) => stranger({ probe: { id, live: true }, account: "x", ...parts });

  it("is one that a probe made up", async () => {
    const contract = await contractWith(twoRows);
    const invalid = "error wrong-answer invalid bad-key 1";
    expect((await tell([bad("auth/invalid", failure(401, "authentication_error", "bad_key"))], contract)).findings).toEqual([]);
    expect((await tell([bad("auth/invalid", failure(401, "authentication_error", "no_key"))], contract)).findings).toEqual([invalid]);
    expect((await tell([bad("auth/malformed", failure(401, "authentication_error", "no_key"))], contract)).findings).toEqual([]);
    expect((await tell([bad("auth/malformed", failure(401, "authentication_error", "expired"))], contract)).findings).toEqual([invalid]);
    expect((await tell([bad("body/malformed", failure(400, "invalid_request_error", "x"))], contract)).findings).toEqual([]);
    expect((await tell([bad("auth/invalid", failure(404, "not_found_error", "course_not_found"))], contract)).findings).toEqual([
      "error checked-too-late lateMadeUp bad-key 1",
    ]);
    expect((await tell([bad("auth/invalid", {})], contract)).findings).toEqual(["error anonymous-served servedMadeUp bad-key 1"]);
  });

  it("is not told to be missing, where the contract has two rows", async () => {
    const sent = (parts: ExchangeParts) => makeExchange({ account: "alice", ...parts });
    const contract = await contractWith(twoRows);
    const missing = failure(401, "authentication_error", "no_key");
    expect((await tell([sent(missing)], contract)).findings).toEqual(["warning wrong-answer present bad-key 1"]);
    expect((await tell([sent(failure(401, "authentication_error", "expired"))], contract)).findings).toEqual([]);
    expect((await tell([sent({ ...missing, probe: { id: "a", live: false } })], contract)).findings).toEqual([]);
    expect((await tell([sent({ ...missing, account: { id: "n", name: "alice" } })], contract)).findings).toEqual([]);
    expect((await tell([sent(unauthenticated)])).findings).toEqual([]);
    for (const members of ["missing: unauthenticated", "invalid: unauthenticated", "missing: course-not-found, invalid: unauthenticated"])
      for (const answer of [unauthenticated, failure(404, "not_found_error", "course_not_found")])
        expect((await tell([sent(answer)], await auth(members))).findings).toEqual([]);
  });
});

describe("challenges", () => {
  const required = contractWith("authentication: {missing: unauthenticated, invalid: unauthenticated}");
  const challenged = (value: string, parts: ExchangeParts = {}) =>
    makeExchange({
      account: "alice",
      ...unauthenticated,
      headers: { "content-type": "application/json", "www-authenticate": value },
      ...parts,
    });

  it("are HTTP's own demand, also where the contract is silent", async () => {
    const plain = await parseContract("envelint: 1\ntitle: t\nextends: builtin:problem-details", { file: "t.yaml" });
    const bare = makeExchange({ status: 401, headers: { "content-type": "application/problem+json" }, body: '{"title":"No."}' });
    expect((await tell([bare], plain)).findings).toEqual([expect.stringMatching(/^warning challenge-missing missing /)]);
    expect((await tell([makeExchange(unauthenticated)])).findings).toEqual([]);
    expect((await tell([makeExchange(unauthenticated)], await required)).findings).toEqual([
      "warning challenge-missing missing unauthenticated 1",
    ]);
  });

  it("cannot be missed where no header was captured, or a page's script sees none", async () => {
    const { findings, unobservable } = await tell([makeExchange({ status: 401, bodyState: "not-captured" })], await required);
    expect(findings).toEqual([]);
    expect(unobservable).toContain("challenge-missing: response headers not captured 1");
    const page = makeExchange({ ...unauthenticated, requestHeaders: { origin: "https://a.example" } });
    expect((await tell([page], await required)).unobservable).toContain(
      "challenge-missing: headers hidden from the page script that made the capture 1",
    );
  });

  it("are read wherever they stand, and not where they are endless", async () => {
    expect((await tell([challenged("Bearer", { status: 403 })])).findings).toEqual([expect.stringContaining("challenge-malformed bare")]);
    const long = (length: number) => challenged(`Basic a="${"b".repeat(length - 10)}"`);
    expect((await tell([long(8_192)])).findings).toEqual(["warning challenge-malformed noRealm unauthenticated 1"]);
    expect((await tell([long(8_193)])).findings).toEqual([]);
    expect((await tell([challenged('Bearer error="mine"')])).findings).toEqual(["note challenge-malformed unknownError unauthenticated 1"]);
  });
});

describe("what a finding says", () => {
  const sample = async (exchanges: readonly Exchange[], contract = builtin) =>
    (await tell(exchanges, contract)).report.findings[0]?.samples[0];

  it("of an answer that came too late", async () => {
    expect(await sample([known, stranger(failure(400, "invalid_request_error", "x"))])).toMatchObject({ expected: "401 unauthenticated" });
  });

  it("of a challenge", async () => {
    const contract = await contractWith("authentication: {missing: unauthenticated, invalid: unauthenticated}");
    expect(await sample([makeExchange(unauthenticated)], contract)).toMatchObject({ found: "no such header" });
    const empty = makeExchange({ ...unauthenticated, headers: { "content-type": "application/json", "www-authenticate": " ," } });
    expect(await sample([empty], contract)).toMatchObject({ found: "no challenge" });
  });
});

describe("what is left alone", () => {
  it("is an error that comes as a success, and a provisional answer", async () => {
    const contract = await contractWith(
      "envelopes: {notOk: {when: {status: 200, body: {required: [ok]}}, members: {message: /message}}}\nerrors: []",
    );
    expect((await tell([known, stranger({ body: { ok: false } })], contract)).findings).toEqual([]);
    expect((await tell([known, stranger({ status: 103, body: null })])).findings).toEqual([]);
  });

  it("is a credential called missing by a status that is none of authentication, or where no row is named for a bad one", async () => {
    const text = (members: string) => `envelint: 1
title: t
envelopes: {api: {pointer: /error, members: {code: /code}, required: [code]}}
errors: [{name: no-key, status: [401, 403], code: no_key}, {name: bad-key, status: 401, code: bad_key}]
authentication: {credential: {header: Authorization}, challenge: optional, ${members}}`;
    const sent = (status: number) => makeExchange({ account: "alice", status, body: { error: { code: "no_key" } } });
    const both = await parseContract(text("missing: no-key, invalid: bad-key"), { file: "t.yaml" });
    expect((await tell([sent(403)], both)).findings).toEqual([]);
    expect((await tell([sent(401)], both)).findings).toEqual(["warning wrong-answer present bad-key 1"]);
    const one = await parseContract(text("missing: no-key"), { file: "t.yaml" });
    expect((await tell([sent(401)], one)).findings).toEqual([]);
  });
});
