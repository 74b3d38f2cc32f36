import { describe, expect, it } from "vitest";
import { http } from "../../rules/http/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const contractOf = (lines: string) => parseContract(`envelint: 1\ntitle: t\nextends: builtin:course-api\n${lines}`, { file: "t.yaml" });

/** What one rule says of some exchanges, and what it could not see. */
async function tell(rule: string, exchanges: readonly ExchangeParts[], contract = builtin) {
  const made = exchanges.map((parts, entry) => makeExchange({ entry, at: start + entry * 1000, ...parts }));
  const report = await judgeExchanges(
    made,
    contract,
    http.filter(({ id }) => id === `http/${rule}`),
  );
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  const findings = report.findings.flatMap(({ note, severity, message, count, row, samples }) =>
    samples.slice(0, 1).map(({ entry, related, place, found }) => ({ note, severity, message, count, row, entry, related, place, found })),
  );
  const unobservable = report.coverage.notObservable.map(({ reason, count }) => `${reason} ${count}`);
  return { notes: findings.map(({ note, count }) => `${note} ${count}`), findings, unobservable };
}
const start = Date.UTC(2026, 0, 5, 12);
const date = "Mon, 05 Jan 2026 12:00:00 GMT";
const later = "Mon, 05 Jan 2026 12:00:01 GMT";

const error = (type: string, code?: string) => ({ detail: { error: { type, ...(code && { code }), message: "No." } } });
const notFound: ExchangeParts = { status: 404, body: error("not_found_error", "course_not_found") };
const nginx = "<html><center><h1>405</h1></center><hr><center>nginx</center></html>";

describe("allow-missing", () => {
  const refused = (headers: Record<string, string>, parts: ExchangeParts = {}): ExchangeParts => ({
    method: "PUT",
    status: 405,
    body: error("invalid_request_error"),
    headers,
    ...parts,
  });
  it.each<[string, ExchangeParts, string[]]>([
    ["no Allow", refused({ date }), ["missing 1"]],
    ["an empty one", refused({ date, allow: "" }), []],
    ["the refused method is listed", refused({ date, allow: "GET,PUT" }), ["refused 1"]],
    ["methods know upper from lower case", refused({ date, allow: "GET, put" }), []],
    ["a method that only begins so", refused({ date, allow: "PUTS" }), []],
    ["another status", refused({ date }, { status: 404 }), []],
    ["a gateway", refused({ date }, { body: nginx }), []],
    ["the body of HEAD says nothing of who answered", refused({ date }, { method: "HEAD", body: null }), []],
  ])("%s", async (_, parts, notes) => {
    expect(await tell("allow-missing", [parts])).toMatchObject({ notes, unobservable: [] });
  });

  it.each(["X-HTTP-Method-Override", "x-http-method", "X-Method-Override"])(
    "%s asks for another method than the request's",
    async (name) => {
      const parts = refused({ date, allow: "GET, PUT" }, { requestHeaders: { [name]: "PURGE" } });
      expect((await tell("allow-missing", [parts])).notes).toEqual([]);
    },
  );

  it.each<[string, ExchangeParts]>([
    ["headers not captured", refused({ "content-length": "3" })],
    ["headers hidden from the page script that made the capture", refused({ expires: "0" }, { requestHeaders: { origin: "https://a.b" } })],
    ["body not captured", refused({ date }, { bodyState: "not-captured" })],
    ["body cut off in the capture", refused({ date }, { bodyState: "truncated" })],
  ])("cannot know: %s", async (why, parts) => {
    expect(await tell("allow-missing", [parts])).toMatchObject({ notes: [], unobservable: [`${why} 1`] });
  });
});

describe("content-type-missing", () => {
  const bare = (headers: Record<string, string>, parts: ExchangeParts = {}): ExchangeParts => ({
    status: 500,
    body: JSON.stringify(error("server_error")),
    headers,
    ...parts,
  });
  it.each<[string, ExchangeParts, string[], string[]]>([
    ["missing", bare({ date }), ["missing 1"], []],
    ["there", bare({ date, "content-type": "text/plain" }), [], []],
    ["no body", bare({ date }, { body: null }), [], []],
    ["a gateway", bare({ date }, { body: nginx }), [], []],
    ["no body in the capture", bare({ date }, { bodyState: "not-captured" }), [], ["body not captured 1"]],
    ["no header in the capture", bare({}), [], ["headers not captured 1"]],
  ])("%s", async (_, parts, notes, unobservable) => {
    expect(await tell("content-type-missing", [parts])).toMatchObject({ notes, unobservable });
  });

  it.each<[string | undefined, string[]]>([
    ["application/json", []],
    ["text/html; charset=utf-8", []],
    ["text/plain", ["missing 1"]],
  ])("the type beside the body is %s: taken from the header, or guessed", async (mediaType, notes) => {
    const made = makeExchange(bare({ date }));
    const exchange = { ...made, response: { ...made.response, body: { ...made.response.body, mediaType } } };
    const report = await judgeExchanges(
      [exchange],
      builtin,
      http.filter(({ id }) => id === "http/content-type-missing"),
    );
    expect(report.findings.map(({ note, count }) => `${note} ${count}`)).toEqual(notes);
    expect(report.coverage.notObservable).toHaveLength(1 - notes.length);
  });
});

describe("content-forbidden", () => {
  it.each<[string, ExchangeParts, string[]]>([
    ["HEAD", { ...notFound, method: "HEAD" }, ["head 1"]],
    ["GET", notFound, []],
    ["HEAD served", { method: "HEAD", body: { id: 1 } }, []],
    ["HEAD without", { ...notFound, method: "HEAD", body: null }, []],
    ["HEAD with white space", { ...notFound, method: "HEAD", body: " \r\n" }, []],
    ["204", { status: 204, body: "gone" }, ["noContent 1"]],
    ["204 without", { status: 204 }, []],
    ["204 of no operation", { url: "/collect", status: 204, body: "ok" }, []],
    ["200", { status: 200, body: "here" }, []],
    ["304", { status: 304, body: "cached" }, []],
  ])("%s", async (_, parts, notes) => {
    expect((await tell("content-forbidden", [parts])).notes).toEqual(notes);
  });
});

describe("head-differs", () => {
  const head = (parts: ExchangeParts = {}): ExchangeParts => ({ method: "HEAD", account: "alice", status: 404, ...parts });
  const get = (parts: ExchangeParts = {}): ExchangeParts => ({ account: "alice", body: { id: "c_1" }, ...parts });
  const missing = (parts: ExchangeParts = {}): ExchangeParts => ({ account: "alice", ...notFound, ...parts });
  const soon = (second: number) => ({ at: start + second * 1000 });

  it("tells it of HEAD where HEAD was refused, whichever came first", async () => {
    const first = await tell("head-differs", [head(), get()]);
    expect(first.findings).toMatchObject([
      { note: "status", severity: "warning", row: null, entry: 0, place: { kind: "status" }, found: "404", related: [{ entry: 1 }] },
    ]);
    const second = await tell("head-differs", [missing(), head({ status: 405 })]);
    expect(second.findings).toMatchObject([{ entry: 1, found: "405", related: [{ entry: 0 }] }]);
  });

  it("tells it of the answer at hand where HEAD was served", async () => {
    const served = head({ status: 200 });
    expect((await tell("head-differs", [served, missing()])).findings).toMatchObject([{ entry: 1, found: "200", related: [{ entry: 0 }] }]);
    expect((await tell("head-differs", [missing(), served])).findings).toMatchObject([{ entry: 1, found: "200", related: [{ entry: 0 }] }]);
  });

  it("compares with the last answer of either", async () => {
    expect((await tell("head-differs", [missing(), head(), get(), head()])).notes).toEqual(["status 2"]);
    expect((await tell("head-differs", [head({ status: 200 }), head({ status: 405 }), missing()])).findings).toMatchObject([{ entry: 1 }]);
  });

  it.each<[string, ExchangeParts[], string[]]>([
    ["both are served", [head({ status: 200 }), get()], []],
    ["both are served, otherwise", [head({ status: 200 }), get({ status: 203 })], []],
    ["GET is served before the first HEAD", [get(), head()], []],
    ["GET is served after one", [head(), missing(), get(), head()], ["status 2"]],
    ["no HEAD", [missing(), get()], []],
    ["another account", [head({ account: "bob" }), get()], []],
    [
      "another credential",
      [head({ account: { id: "alice", credential: "old" } }), get({ account: { id: "alice", credential: "new" } })],
      [],
    ],
    ["an account without one", [head({ account: { id: "alice" } }), get({ account: { id: "alice" } })], ["status 1"]],
    ["another URL", [head({ url: "/v1/courses/c_1?full=1" }), get()], []],
    ["something else accepted", [head({ requestHeaders: { accept: "text/html" } }), get()], []],
    ["another capture", [head(), get({ capture: "b.har" })], []],
    ["ten seconds later", [head(), get(soon(10))], ["status 1"]],
    ["more", [head(), get(soon(10.001))], []],
    ["at once after it", [head(), get(soon(0.05))], ["status 1"]],
    ["meanwhile", [head(), get(soon(0.049))], []],
    ["a gateway answers GET", [head(), missing({ status: 403, body: nginx })], []],
    ["something was made", [head(), { method: "POST", url: "/v1/courses", status: 201 }, get()], []],
    ["something may have been", [head(), { method: "POST", url: "/v1/courses", status: 500 }, get()], []],
    ["nobody knows when", [head(), { method: "POST", url: "/v1/courses", took: null }, get()], []],
    ["nothing was", [head(), { method: "POST", url: "/v1/courses", status: 400 }, get()], ["status 1"]],
    ["nothing was, from 499 down", [head(), { method: "POST", url: "/v1/courses", status: 499 }, get()], ["status 1"]],
    ["elsewhere", [head(), { method: "POST", url: "https://other.example.com/v1/courses" }, get()], ["status 1"]],
    ["it was before", [{ method: "POST", url: "/v1/courses" }, head(), get()], ["status 1"]],
    ["it began before, and ended after", [{ method: "POST", url: "/v1/courses", took: 1000 }, head(), get()], []],
    [
      "the longer of two changes counts",
      [
        { method: "POST", url: "/v1/courses", took: 5000, ...soon(0) },
        { method: "POST", url: "/v1/courses", took: 10, ...soon(1) },
        head(soon(2)),
        get(soon(3)),
      ],
      [],
    ],
    ["OPTIONS changes nothing", [head(), { method: "OPTIONS" }, get()], ["status 1"]],
    ["nor does TRACE", [head(), { method: "TRACE" }, get()], ["status 1"]],
    ...[206, 304, 408, 412, 416, 425, 429, 500, 503].map((status): [string, ExchangeParts[], string[]] => [
      `a passing ${status}`,
      [head(), get({ status })],
      [],
    ]),
    ["501 stays", [head({ status: 501 }), get()], ["status 1"]],
  ])("%s", async (_, exchanges, notes) => {
    expect((await tell("head-differs", exchanges)).notes).toEqual(notes);
  });

  it.each<[string, Record<string, string>, Record<string, string>, string[]]>([
    ["media type", { "content-type": "text/html" }, { "content-type": "application/json" }, ["field 1"]],
    ["its parameters", { "content-type": "application/json; charset=utf-8" }, { "content-type": "application/json" }, []],
    ["HEAD has none", {}, { "content-type": "application/json", allow: "GET" }, []],
    ["GET has none", { "content-type": "application/json", allow: "GET" }, {}, []],
    ["methods", { allow: "GET" }, { allow: "GET, PUT" }, ["field 1"]],
    ["their order", { allow: "PUT,GET" }, { allow: "GET, PUT" }, []],
    ["what caches are told", { "cache-control": "no-store" }, { "cache-control": "max-age=5" }, ["field 1"]],
    ["for how long", { "cache-control": "max-age=5, public" }, { "cache-control": "public, max-age=4" }, []],
    ["challenge", { "www-authenticate": "Basic realm=a" }, { "www-authenticate": "Bearer" }, ["field 1"]],
    ["its parameters", { "www-authenticate": 'Digest nonce="1"' }, { "www-authenticate": 'digest nonce="2"' }, []],
    ["an empty type", { "content-type": "" }, { "content-type": "text/html" }, ["field 1"]],
    ["other fields", { etag: "1", "x-request-id": "1" }, { etag: "2", "x-request-id": "2" }, []],
  ])("%s of two refusals", async (_, ofHead, ofGet, notes) => {
    const exchanges = [head({ headers: ofHead }), missing({ body: "{}", headers: ofGet })];
    expect((await tell("head-differs", exchanges)).notes).toEqual(notes);
  });

  it("fields are compared of refusals only, whatever their status", async () => {
    const contract = await contractOf("envelopes: {quiet: {when: {status: 200, headers: {x-failed: '1'}}}}");
    const served = head({ status: 200, headers: { "content-type": "text/html" } });
    const failed = get({ headers: { "content-type": "application/json", "x-failed": "1" } });
    expect((await tell("head-differs", [served, failed], contract)).notes).toEqual([]);
    const refused = { ...served, headers: { "content-type": "text/html", "x-failed": "1" } };
    expect((await tell("head-differs", [refused, failed], contract)).notes).toEqual(["field 1"]);
  });

  it("a field's place is the field", async () => {
    const exchanges = [head({ headers: { allow: "GET" } }), missing({ headers: { allow: "PUT" } })];
    expect((await tell("head-differs", exchanges)).findings).toMatchObject([{ place: { kind: "header", name: "Allow" }, found: "GET" }]);
  });

  it.each<[string, ExchangeParts, string[]]>([
    ["account unknown", { method: "HEAD", status: 404 }, ["account unknown 1"]],
    ["time unknown", head({ at: null }), ["time unknown 1"]],
    ["time unknown", head({ took: null }), ["time unknown 1"]],
    ["only of HEAD", missing({ took: null }), []],
    ["only of errors", { method: "HEAD" }, []],
  ])("cannot know: %s", async (_, parts, unobservable) => {
    expect(await tell("head-differs", [parts])).toMatchObject({ notes: [], unobservable });
  });
});

describe("error-cacheable", () => {
  const kept = (status: number, headers: Record<string, string>, parts: ExchangeParts = {}): ExchangeParts => ({
    url: "/v1/lessons",
    status,
    headers,
    body: error("not_found_error"),
    ...parts,
  });
  const hour = { "cache-control": "max-age=3600" };
  it.each<[string, ExchangeParts, string[]]>([
    ["404", kept(404, hour), ["outlives 1"]],
    ["401", kept(401, hour), ["outlives 1"]],
    ["500", kept(500, hour), ["outlives 1"]],
    ["410 is for good", kept(410, hour), []],
    ["499", kept(499, hour), []],
    ...[428, 429, 431, 511].map((status): [string, ExchangeParts, string[]] => [`${status}`, kept(status, hour), ["forbidden 1"]]),
    ["HEAD is not known to be the API's", kept(404, hour, { method: "HEAD", body: null }), []],
    ["PATCH is not answered from a cache", kept(404, hour, { method: "PATCH" }), []],
    ["but of a 429 it is a contradiction", kept(429, hour, { method: "PATCH" }), ["forbidden 1"]],
    ["no-store", kept(404, { "cache-control": "no-store" }), []],
    ["nothing said", kept(404, {}), []],
    ["not in the envelope", kept(404, hour, { body: "gone", headers: { ...hour, "content-type": "text/plain" } }), []],
    ["not in the envelope, and never to be stored", kept(429, hour, { body: "slow" }), ["forbidden 1"]],
    ["a gateway's", kept(429, hour, { body: nginx }), []],
  ])("%s", async (_, parts, notes) => {
    expect(await tell("error-cacheable", [parts])).toMatchObject({ notes, unobservable: [] });
  });

  it("the place is the field that says it", async () => {
    const { findings } = await tell("error-cacheable", [kept(500, { date, expires: later })]);
    expect(findings).toMatchObject([{ place: { kind: "header", name: "Expires" }, found: `"${later}"` }]);
  });

  it("what hides a masked resource is another rule's, as long as that judges it", async () => {
    const masked: ExchangeParts = { ...notFound, headers: hour };
    expect((await tell("error-cacheable", [masked])).notes).toEqual([]);
    expect((await tell("error-cacheable", [{ ...masked, method: "HEAD", body: null }])).notes).toEqual([]);
    expect((await tell("error-cacheable", [{ ...masked, status: 401, body: error("authentication_error") }])).notes).toEqual([
      "outlives 1",
    ]);
    const limited = await contractOf(
      "errors: [{name: course-not-found, status: [404, 429], type: not_found_error, code: course_not_found}]",
    );
    expect((await tell("error-cacheable", [{ ...masked, status: 429 }], limited)).notes).toEqual([]);
    expect((await tell("error-cacheable", [{ ...masked, status: 429, method: "PATCH" }], limited)).notes).toEqual(["forbidden 1"]);
  });

  it("cannot know whose an answer is whose body was not captured", async () => {
    expect(await tell("error-cacheable", [kept(404, hour, { bodyState: "not-captured" })])).toMatchObject({
      notes: [],
      unobservable: ["body not captured 1"],
    });
  });
});

describe("upgrade-missing", () => {
  const old = (headers: Record<string, string>, parts: ExchangeParts = {}): ExchangeParts => ({
    status: 426,
    headers,
    body: error("invalid_request_error"),
    ...parts,
  });
  it.each<[string, ExchangeParts, string[], string[]]>([
    ["HTTP/1.1, by Connection", old({ connection: "close" }), ["missing 1"], []],
    ["by Keep-Alive", old({ "keep-alive": "timeout=5" }), ["missing 1"], []],
    ["by Transfer-Encoding", old({ "transfer-encoding": "chunked" }), ["missing 1"], []],
    ["there", old({ connection: "upgrade", upgrade: "TLS/1.0" }), [], []],
    ["there, without Connection", old({ upgrade: "TLS/1.0" }), [], []],
    ["another status", old({ connection: "close" }, { status: 400 }), [], []],
    ["a gateway", old({ connection: "close" }, { body: nginx }), [], []],
    ["perhaps HTTP/2", old({ date }), [], ["connection headers not captured, or none in this version of HTTP 1"]],
  ])("%s", async (_, parts, notes, unobservable) => {
    expect(await tell("upgrade-missing", [parts])).toMatchObject({ notes, unobservable });
  });
});

describe("date-missing", () => {
  const dated: ExchangeParts = { headers: { date } };
  const undated = (parts: ExchangeParts = {}): ExchangeParts => ({ ...notFound, headers: { server: "x" }, ...parts });

  it("one finding a server, of the first such error, whatever the order", async () => {
    const { findings } = await tell("date-missing", [undated({ status: 400 }), undated(), dated]);
    expect(findings).toMatchObject([{ severity: "note", count: 1, row: null, entry: 0, place: { kind: "header", name: "Date" } }]);
    const two = await tell("date-missing", [
      dated,
      undated(),
      { ...dated, url: "https://b.example.com/" },
      undated({ url: "https://b.example.com/" }),
    ]);
    expect(two.findings).toMatchObject([
      { count: 1, entry: 1 },
      { count: 1, entry: 3 },
    ]);
  });

  it.each<[string, ExchangeParts[], string[]]>([
    ["none has one", [undated(), { headers: { server: "x" } }], []],
    ["another server has one", [undated(), { ...dated, url: "https://b.example.com/" }], []],
    ["an error has one", [{ ...notFound, headers: { date } }, undated()], ["missing 1"]],
    ["5xx need none", [dated, undated({ status: 500 })], []],
    ["successes are not looked at", [dated, { headers: { server: "x" } }], []],
    ["a gateway", [dated, undated({ body: nginx })], []],
    ["the clock shows late", [...Array.from({ length: 31 }, () => undated()), dated], ["missing 1"]],
    ["too late", [...Array.from({ length: 32 }, () => undated()), dated], []],
  ])("%s", async (_, exchanges, notes) => {
    expect(await tell("date-missing", exchanges)).toMatchObject({ notes, unobservable: [] });
  });

  it("cannot know where the header was not captured, of a server that has a clock", async () => {
    const bare = undated({ headers: {} });
    expect(await tell("date-missing", [dated, bare])).toMatchObject({ notes: [], unobservable: ["headers not captured 1"] });
    expect(await tell("date-missing", [bare])).toMatchObject({ notes: [], unobservable: [] });
    expect((await tell("date-missing", [dated, bare, undated()])).notes).toEqual(["missing 1"]);
  });
});

describe("status-invalid", () => {
  const served: ExchangeParts = { body: { id: 1 } };
  it.each<[string, ExchangeParts, string[]]>([
    ["600", { status: 600, headers: { date } }, ["invalid 1"]],
    ["999", { status: 999, headers: { date } }, ["invalid 1"]],
    ["a number of the tool's own", { status: 999 }, []],
    ["a failed request", { status: 404, headers: { date }, notJudged: "no-response" }, []],
    ["599", { status: 599, headers: { date }, notJudged: "no-response" }, []],
  ])("%s", async (_, parts, notes) => {
    expect((await tell("status-invalid", [served, parts])).notes).toEqual(notes);
  });

  it("is an error, one finding for all of them", async () => {
    const odd = (status: number) => ({ status, headers: { date } });
    const { findings } = await tell("status-invalid", [served, odd(799), odd(799), odd(800)]);
    expect(findings).toMatchObject([{ severity: "error", count: 3, place: { kind: "status" }, found: "799" }]);
  });
});

describe("status-unregistered", () => {
  const odd = (status: number, parts: ExchangeParts = {}): ExchangeParts => ({ status, body: error("server_error"), ...parts });
  it.each<[string, ExchangeParts, string[]]>([
    ["420", odd(420), ["unregistered 1"]],
    ["599", odd(599), ["unregistered 1"]],
    ["418", odd(418), []],
    ["451", odd(451), []],
    ["a gateway's", odd(520, { body: nginx }), []],
    ["HEAD", odd(420, { method: "HEAD", body: null }), []],
  ])("%s", async (_, parts, notes) => {
    expect(await tell("status-unregistered", [parts])).toMatchObject({ notes, unobservable: [] });
  });

  it("names the class a client takes it for, one finding a status", async () => {
    const { findings } = await tell("status-unregistered", [odd(420), odd(420), odd(530)]);
    expect(findings).toMatchObject([
      { severity: "note", count: 2, row: null, found: "420", message: expect.stringContaining("take it for a 400.") },
      { severity: "note", count: 1, found: "530", message: expect.stringContaining("take it for a 500.") },
    ]);
  });

  it("is silent where a row has it", async () => {
    const contract = await contractOf("errors: [{name: calm, status: 420, type: rate_limit_error}]");
    expect((await tell("status-unregistered", [odd(420), odd(419)], contract)).notes).toEqual(["unregistered 1"]);
  });

  it("knows the statuses of successes too, where the contract reads them as errors", async () => {
    const contract = await contractOf("envelopes: {quiet: {when: {status: [200, 299, 302]}}}");
    const { findings } = await tell("status-unregistered", [odd(200), odd(302), odd(299)], contract);
    expect(findings).toMatchObject([{ count: 1, found: "299" }]);
  });

  it("cannot know whose a status is whose body was not captured", async () => {
    expect(await tell("status-unregistered", [odd(520, { bodyState: "not-captured" })])).toMatchObject({
      notes: [],
      unobservable: ["body not captured 1"],
    });
  });
});

describe("redirected-to-page", () => {
  const json = { accept: "application/json" };
  const sent = (location: string | undefined, parts: ExchangeParts = {}): ExchangeParts => ({
    status: 302,
    requestHeaders: json,
    ...(location !== undefined && { headers: { location } }),
    ...parts,
  });
  it.each<[string, ExchangeParts, string[]]>([
    ["a login", sent("/login"), ["login 1"]],
    ["an error page", sent("/500.html"), ["error 1"]],
    ["300", sent("/login", { status: 300 }), ["login 1"]],
    ["399", sent("/login", { status: 399 }), ["login 1"]],
    ["a 201 made it", sent("/login", { status: 201 }), []],
    ["a 400 names it", sent("/login", { status: 400 }), []],
    ["nowhere", sent(undefined), []],
    ["another address", sent("/v1/courses/c_2"), []],
    ["of nothing in the contract", sent("/login", { url: "/account" }), []],
    ["from a login", sent("/login?again", { url: "/v1/courses/c_1/login" }), []],
    ["asks for pages too", sent("/login", { requestHeaders: { accept: "application/json, text/html;q=0.5" } }), []],
    ["asks for anything", sent("/login", { requestHeaders: { accept: "*/*" } }), []],
    ["asks for nothing", sent("/login", { requestHeaders: {} }), []],
    ["asks for problems", sent("/login", { requestHeaders: { accept: "text/plain, application/problem+json" } }), ["login 1"]],
    ["brings JSON", sent("/login", { method: "POST", requestHeaders: {}, requestBody: { a: 1 } }), ["login 1"]],
    ["a page that brings JSON", sent("/login", { method: "POST", requestHeaders: { accept: "text/html" }, requestBody: { a: 1 } }), []],
  ])("%s", async (_, parts, notes) => {
    expect((await tell("redirected-to-page", [parts])).notes).toEqual(notes);
  });

  it("leaves to the rows what the contract reads as an error", async () => {
    const contract = await contractOf("envelopes: {moved: {when: {status: 302}}}");
    expect((await tell("redirected-to-page", [sent("/login"), sent("/login", { status: 303 })], contract)).findings).toMatchObject([
      { entry: 1, count: 1 },
    ]);
  });
});

describe("cors-unreadable", () => {
  const origin = "https://app.example.org";
  const asked = (parts: ExchangeParts, more: Record<string, string> = {}): ExchangeParts => ({
    requestHeaders: { origin, ...more },
    ...parts,
  });
  const allowed = asked({ headers: { date, "access-control-allow-origin": "*" } });
  const hidden = (parts: ExchangeParts = {}) => asked({ ...notFound, headers: { date }, ...parts });

  it("whichever comes first", async () => {
    const place = { kind: "header", name: "Access-Control-Allow-Origin" };
    const expected = { note: "hidden", severity: "warning", row: "course-not-found", count: 1, place };
    expect((await tell("cors-unreadable", [allowed, hidden()])).findings).toMatchObject([{ ...expected, entry: 1 }]);
    expect((await tell("cors-unreadable", [hidden(), allowed])).findings).toMatchObject([{ ...expected, entry: 0 }]);
    expect((await tell("cors-unreadable", [hidden(), hidden(), allowed, allowed, hidden()])).findings).toMatchObject([
      { ...expected, count: 2, entry: 0 },
    ]);
  });

  it.each<[string, ExchangeParts[], string[]]>([
    ["no success lets anybody read", [asked({ headers: { date } }), hidden()], []],
    ["a redirect is no success", [{ ...allowed, status: 302 }, hidden()], []],
    ["the first of them neither", [{ ...allowed, status: 300 }, hidden()], []],
    ["nor is a 1xx", [{ ...allowed, status: 103 }, hidden()], []],
    ["204 is", [{ ...allowed, status: 204 }, hidden()], ["hidden 1"]],
    ["another origin's success", [{ ...allowed, requestHeaders: { origin: "https://b.c" } }, hidden()], []],
    ["another server's", [{ ...allowed, url: "https://b.example.com/v1/courses/c_1" }, hidden()], []],
    ["another capture's", [allowed, hidden({ capture: "b.har" })], []],
    ["another operation's", [{ ...allowed, url: "/v1/presets/p_1" }, hidden()], []],
    ["the same operation, another path", [allowed, hidden({ url: "/v1/courses/c_2" })], ["hidden 1"]],
    ["no operation, the same path", [{ ...allowed, url: "/x" }, hidden({ url: "/x" })], ["hidden 1"]],
    ["no operation, another path", [{ ...allowed, url: "/x" }, hidden({ url: "/y" })], []],
    ["the error lets read as well", [allowed, hidden({ headers: { date, "access-control-allow-origin": origin } })], []],
    ["a gateway", [allowed, hidden({ body: nginx })], []],
    ["no page asks", [allowed, hidden({ requestHeaders: {} })], []],
    [
      "a page of its own",
      [
        { ...allowed, requestHeaders: { origin: "https://api.example.com" } },
        hidden({ requestHeaders: { origin: "https://api.example.com" } }),
      ],
      [],
    ],
    [
      "an extension asks",
      [{ ...allowed, requestHeaders: { origin: "moz-extension://1" } }, hidden({ requestHeaders: { origin: "moz-extension://1" } })],
      [],
    ],
    ["a form was sent", [allowed, hidden({ requestHeaders: { origin, "sec-fetch-mode": "navigate" } })], []],
    ["a script's request says so", [allowed, hidden({ requestHeaders: { origin, "sec-fetch-mode": "cors" } })], ["hidden 1"]],
    ["an answer kept from the page", [allowed, hidden({ notJudged: "no-response" })], ["hidden 1"]],
    ["400 kept from the page", [allowed, hidden({ status: 400, notJudged: "no-response" })], ["hidden 1"]],
    ["501 too", [allowed, hidden({ status: 501, notJudged: "no-response" })], ["hidden 1"]],
    ["a gateway's, as a rule", [allowed, hidden({ status: 502, notJudged: "no-response" })], []],
    ["a request that failed for another reason", [allowed, hidden({ status: 399, notJudged: "no-response" })], []],
    ["and not for this", [allowed, hidden({ notJudged: "no-response", headers: { date, "access-control-allow-origin": origin } })], []],
    ["no page's request failed", [allowed, hidden({ notJudged: "no-response", requestHeaders: {} })], []],
  ])("%s", async (_, exchanges, notes) => {
    expect(await tell("cors-unreadable", exchanges)).toMatchObject({ notes, unobservable: [] });
  });

  it("cannot know where the header was not captured", async () => {
    expect(await tell("cors-unreadable", [allowed, hidden({ headers: {} })])).toMatchObject({
      notes: [],
      unobservable: ["headers hidden from the page script that made the capture 1"],
    });
  });

  it.each<[string, Record<string, string>, string[]]>([
    ["not exposed", {}, ["waitHidden 1"]],
    ["other fields are", { "access-control-expose-headers": "X-Retry-After, Date" }, ["waitHidden 1"]],
    ["exposed", { "access-control-expose-headers": "Date, RETRY-AFTER" }, []],
    ["all are", { "access-control-expose-headers": "*" }, []],
  ])("Retry-After is %s", async (_, headers, notes) => {
    const limited = asked({
      status: 429,
      body: error("rate_limit_error", "retry_after_5"),
      headers: { date, "access-control-allow-origin": origin, "retry-after": "5", ...headers },
    });
    const { findings, notes: told } = await tell("cors-unreadable", [limited]);
    expect(told).toEqual(notes);
    for (const { place } of findings) expect(place).toEqual({ kind: "header", name: "Access-Control-Expose-Headers" });
  });

  it("of a success it does not matter", async () => {
    const headers = { date, "access-control-allow-origin": origin, "retry-after": "5" };
    expect((await tell("cors-unreadable", [asked({ status: 202, headers }), asked({ status: 302, headers })])).notes).toEqual([]);
  });
});

it("http/head-differs quotes GET without the secrets of GET", async () => {
  const token = "qmvtxklrwzuypnsdfghjakc";
  const refused = (method: string, entry: number, type: string, secret: string) =>
    makeExchange({
      method,
      entry,
      status: 404,
      account: "alice",
      at: Date.UTC(2026, 0, 5, 12) + entry * 1_000,
      requestHeaders: { authorization: `Bearer ${secret}` },
      headers: { "content-type": type },
      body: method === "HEAD" ? null : "No.",
    });
  const report = await judgeExchanges(
    [refused("GET", 0, `text/${token}`, token), refused("HEAD", 1, "text/plain", "another-one-7")],
    await loadContract(),
    http,
  );
  expect(report.findings.map(({ rule, samples }) => [rule, samples[0]?.expected])).toContainEqual(["http/head-differs", "text/[masked]"]);
  expect(JSON.stringify(report)).not.toContain(token);
});
