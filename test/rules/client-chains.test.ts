import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { client } from "../../rules/client/index.ts";
import { loadContract } from "../../src/contract/load.ts";
import { parseContract } from "../../src/contract/parse.ts";
import type { Contract } from "../../src/model/contract.ts";
import type { Json } from "../../src/model/json.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";
import { judgeExchanges } from "../kit/judge-exchanges.ts";

const builtin = await loadContract();
const rules = client.filter(({ id }) => /^client\/(?:retried|unsafe|key-changed)/.test(id));
const start = Date.UTC(2026, 0, 5, 12);
const load = (yaml: string) => parseContract(`envelint: 1\ntitle: t\n${yaml}`, { file: "t.yaml" });

const error = (status: number, type: string, code?: string, headers: Record<string, string> = {}): ExchangeParts => ({
  status,
  headers,
  body: { detail: { error: { type, ...(code !== undefined && { code }), message: "No." } } },
});
const missing = error(404, "not_found_error", "course_not_found");
const broken = error(500, "server_error");
const invalid = error(400, "invalid_request_error", "odd");
const unauthenticated = error(401, "authentication_error");
const limited = (seconds: number, headers: Record<string, string> = {}) =>
  error(429, "rate_limit_error", `retry_after_${seconds}`, { "retry-after": `${seconds}`, ...headers });
const capped = (seconds: number) => error(429, "rate_limit_error", "regen_cap_reached", { "retry-after": `${seconds}` });
const done: ExchangeParts = { status: 200, body: { id: "c" } };
const unanswered: ExchangeParts = { status: 0 };
const post = (body: Json = { title: "t" }): ExchangeParts => ({
  method: "POST",
  url: "/v1/courses",
  requestBody: body as { title: string },
});
const launch = (key: string | undefined, body: Json = { x: 1 }): ExchangeParts => ({
  method: "POST",
  url: "/v1/courses/a/launch",
  requestBody: body as { x: number },
  ...(key !== undefined && { requestHeaders: { "idempotency-key": key } }),
});

/** Exchanges at so many seconds from the start, alice's unless they say otherwise. */
function session(...steps: readonly (readonly [second: number, ...parts: ExchangeParts[]])[]) {
  return steps.map(([second, ...parts], entry) =>
    makeExchange({ account: "alice", took: 100, at: start + second * 1000, entry, ...Object.assign({}, ...parts) }),
  );
}

type Exchanges = ReturnType<typeof session>;

async function judge(exchanges: Exchanges, contract: Contract = builtin) {
  const report = await judgeExchanges(exchanges, contract, rules);
  expect(report.unjudged.filter((why) => why.includes("crashed"))).toEqual([]);
  return report;
}

/** `retried-final retried error x2`, one for each finding. */
async function found(exchanges: Exchanges, contract?: Contract): Promise<string[]> {
  const { findings } = await judge(exchanges, contract);
  return findings.map(({ rule, note, severity, count }) => `${rule.slice(7)} ${note} ${severity}${count > 1 ? ` x${count}` : ""}`).sort();
}

async function hidden(exchanges: Exchanges): Promise<string[]> {
  const { coverage } = await judge(exchanges);
  return coverage.notObservable.map(({ rule, reason }) => `${rule.slice(7)}: ${reason}`).sort();
}

const final = "retried-final retried error";

describe("what belongs to a chain", () => {
  it("a gap of two minutes, and no more", async () => {
    expect(await found(session([0, missing], [120, missing]))).toEqual(["retried-final retriedLater note"]);
    expect(await found(session([0, missing], [120.2, missing]))).toEqual([]);
  });

  it("a minute more than the announced wait", async () => {
    const noted = "retried-final retriedLater note";
    expect(await found(session([0, { ...capped(300) }], [200, done]))).toEqual([noted]);
    expect(await found(session([0, broken, { headers: { "retry-after": "70" } }], [0.2, broken], [0.3, broken]))).toContain(
      "retried-early early error",
    );
    expect(await found(session([0, limited(59)], [181, limited(59)], [182, done]))).toEqual(["retried-early early error"]);
  });

  it("one account's attempts, and one credential's", async () => {
    expect(await found(session([0, missing], [1, missing, { account: "bob" }]))).toEqual([]);
    const named = (credential: string | undefined): ExchangeParts => ({
      account: { id: "a", name: "alice", ...(credential !== undefined && { credential }) },
    });
    expect(await found(session([0, missing, named("1")], [1, missing, named("1")]))).toEqual([final]);
    expect(await found(session([0, missing, named("1")], [1, missing, named("2")]))).toEqual([]);
    expect(await found(session([0, unauthenticated, named("1")], [1, done, named("2")]))).toEqual([]);
    expect(await found(session([0, unauthenticated, named("1")], [1, done, named("1")]))).toEqual([final]);
    expect(await found(session([0, unauthenticated, named(undefined)], [1, done, named(undefined)]))).toEqual([]);
  });

  it("no request of which nobody sees the credential, where another one may help", async () => {
    const nobody: ExchangeParts = { account: undefined as never };
    const exchanges = session([0, unauthenticated, nobody], [1, unauthenticated, nobody]);
    expect(await found(exchanges)).toEqual([]);
    expect(await hidden(exchanges)).toEqual(["retried-final: account unknown"]);
    expect(await found(session([0, missing, nobody], [1, missing, nobody]))).toEqual([final]);
  });

  it("no request that overlaps the first", async () => {
    expect(await found(session([0, missing, { took: 1500 }], [1, missing]))).toEqual([]);
    expect(await found(session([0, missing, { took: 1000 }], [1, missing]))).toEqual([final]);
  });

  it("each lane for itself where two parts of a program ask at once", async () => {
    const twice = [0, 1, 3, 7].flatMap((second) => [
      [second, broken, { took: 300 }] as const,
      [second + 0.1, broken, { took: 300 }] as const,
    ]);
    expect(await found(session(...twice))).toEqual([]);
  });

  it("nothing after a success, be it another part's", async () => {
    expect(await found(session([0, missing], [1, done], [2, missing]))).toEqual([final]);
    expect(await found(session([0, missing, { took: 1000 }], [0.5, done, { took: 1000 }], [2, missing]))).toEqual([]);
    expect(await found(session([0, done, { took: 300 }], [0.1, missing, { took: 1000 }], [2, missing]))).toEqual([final]);
  });

  it.each<[string, ExchangeParts, ExchangeParts, string[]]>([
    ["on the same server", missing, {}, []],
    ["on another server", missing, { url: "https://other.example/v1/courses" }, [final]],
    ["that failed", missing, invalid, [final]],
    ["that logs in on another server", missing, { url: "https://login.example/v1/mfa" }, []],
    ["that logs in, and failed", missing, { url: "https://login.example/v1/mfa", ...invalid }, [final]],
    ["that only sounds so", missing, { url: "https://other.example/v1/authors" }, [final]],
    ["that is no POST", missing, { url: "https://login.example/v1/mfa", method: "PUT" }, [final]],
    ["after what nobody else can remove", invalid, {}, [final]],
  ])("nothing after a change by another %s", async (_, refusal, change, told) => {
    const by: ExchangeParts = { ...post(), ...done, account: "bob", ...change };
    expect(await found(session([0, refusal], [1, by], [2, refusal]))).toEqual(told);
    const timeless: ExchangeParts = { at: null };
    const untimed = told.length > 0 ? ["retried-final retriedUntimed note"] : [];
    expect(await found(session([0, refusal, timeless], [1, by], [2, refusal, timeless]))).toEqual(untimed);
  });

  it("nothing of another test case", async () => {
    const [one, other, number] = ["missing order", "envelope of 404", "[#2]"].map((label) => ({ label })) as [
      ExchangeParts,
      ExchangeParts,
      ExchangeParts,
    ];
    expect(await found(session([0, missing, one], [1, missing, other]))).toEqual([]);
    expect(await found(session([0, missing, one], [1, missing, one]))).toEqual([final]);
    expect(await found(session([0, missing, one], [1, missing]))).toEqual([final]);
    expect(await found(session([0, missing], [1, missing, one]))).toEqual([final]);
    expect(await found(session([0, missing, one], [1, missing, number]))).toEqual([final]);
    const teardown: ExchangeParts = { method: "DELETE", ...missing };
    expect(await found(session([0, teardown, one], [2, teardown, other]))).toEqual([]);
    expect(await found(session([0, launch("k"), done, one], [1, launch("l"), done, other]))).toEqual([]);
  });

  it.each<[string, ExchangeParts, string[]]>([
    ["a page in a browser", { requestHeaders: { "sec-fetch-mode": "navigate" } }, []],
    ["a page in an older browser", { requestHeaders: { accept: "text/html,application/xhtml+xml,*/*;q=0.8" } }, []],
    ["data in a browser", { requestHeaders: { "sec-fetch-mode": "cors", accept: "application/json, text/html" } }, [final]],
    ["what a form asks to be done", { method: "POST", requestHeaders: { "sec-fetch-mode": "navigate" } }, [final]],
  ])("no page that a person opens again: %s", async (_, request, told) => {
    expect(await found(session([0, missing, request], [4, missing, request]))).toEqual(told);
  });

  it("no waiting for what the client has just made", async () => {
    const made: ExchangeParts = { ...post(), ...done, status: 201 };
    const wait = [
      [1, missing],
      [1.4, missing],
      [2.2, done],
    ] as const;
    expect(await found(session([0, made], ...wait))).toEqual([]);
    expect(await found(session([0, made], ...wait.slice(0, 2)))).toEqual([final]);
    expect(await found(session([0, made, { account: "bob" }], ...wait))).toEqual([`${final} x2`]);
    expect(await found(session([-9.1, made], ...wait))).toEqual([]);
    expect(await found(session([-9.2, made], ...wait))).toEqual([`${final} x2`]);
    expect(await found(session([1.3, made, { took: 2000 }], ...wait))).toEqual([]);
    const odd = wait.map(([second, ...parts]) => [second, ...parts, { ...post({ a: 1 }), url: "/v1/x" }] as const);
    expect(await found(session([0, made], ...odd))).toEqual([`${final} x2`]);
    const mixed = [
      [1, missing],
      [1.4, invalid],
      [2.2, done],
    ] as const;
    expect(await found(session([0, made], ...mixed))).toEqual([final, final]);
  });

  it.each<[string, number[], ExchangeParts, ExchangeParts, string[]]>([
    ["steadily", [0, 2, 4, 6], missing, done, []],
    ["with half a second more or less", [0, 2, 4.5, 6.5], missing, done, []],
    ["with a tenth more or less", [0, 10, 21, 31.5], missing, done, []],
    ["less steadily", [0, 2, 4.6, 6.6], missing, done, [`${final} x3`]],
    ["three times", [0, 2, 4], missing, done, [`${final} x2`]],
    ["fast", [0, 0.9, 1.8, 2.7], missing, done, [`${final} x3`]],
    ["in vain", [0, 2, 4, 6], missing, missing, [`${final} x3`]],
    ["until it fails", [0, 2, 4, 6], missing, unanswered, [`${final} x3`]],
  ])("no waiting for what is to come: %s", async (_, seconds, refusal, end, told) => {
    const last = seconds.length - 1;
    expect(await found(session(...seconds.map((second, index) => [second, index === last ? end : refusal] as const)))).toEqual(told);
  });

  it("but retries of what may be retried", async () => {
    const constant = "retried-without-backoff constant warning";
    expect(await found(session(...[0, 2, 4].map((second) => [second, broken] as const), [6, done]))).toEqual([constant]);
    expect(await found(session([0, missing], [2, missing], [4, broken], [6, done]))).toEqual([`${final} x2`]);
  });

  it.each<[string, ExchangeParts, number[], string[]]>([
    ["on a schedule", {}, [0, 5, 10, 15, 20, 25], []],
    ["twice", {}, [0, 5], ["retried-early early error"]],
    ["with a pace that changes", {}, [0, 5, 12], ["retried-early early error x2"]],
    ["without a pause", {}, [0, 0.5, 1], ["retried-early early error x2"]],
    ["what is not public", { url: "/v1/courses" }, [0, 5, 10], ["retried-early early error x2"]],
  ])("no monitor, which asks for what is public: %s", async (_, request, seconds, told) => {
    const contract = await load(
      "extends: builtin:course-api\noperations: { health: GET /v1/up }\nauthentication: { credential: { header: Authorization }, public: [health] }",
    );
    const down = { url: "/v1/up", ...broken, headers: { "retry-after": "30" }, account: undefined as never, ...request };
    expect(await found(session(...seconds.map((second) => [second, down] as const)), contract)).toEqual(told);
    const isOn = seconds[1] === 5 && seconds.length === 2;
    const up = { ...down, ...done };
    if (isOn) {
      expect(await found(session([0, down], [5, down], [10, up]), contract)).toEqual([]);
      expect(await found(session([0, up], [5, down], [10, down]), contract)).toEqual([]);
      expect(await found(session([0, up], [7, down], [12, down]), contract)).toEqual(told);
    }
  });

  it("nothing after a change by the same client", async () => {
    const change = { ...post(), ...done, status: 201 };
    expect(await found(session([0, missing], [1, change], [2, missing]))).toEqual([]);
    expect(await found(session([0, missing], [1, change, { method: "GET", url: "/v1/x" }], [2, missing]))).toEqual([final]);
    expect(await found(session([0, missing], [1, change, invalid], [2, missing]))).toEqual([final]);
    expect(await found(session([0, missing], [1, change, { url: "https://other.example/x" }], [2, missing]))).toEqual([]);
    const nobody: ExchangeParts = { account: undefined as never };
    expect(
      await found(session([0, missing, nobody], [1, change, nobody, { url: "https://other.example/x" }], [2, missing, nobody])),
    ).toEqual([final]);
    // It was under way while the first was refused.
    expect(await found(session([0, change, { took: 1500 }], [1, missing], [2, missing]))).toEqual([]);
    expect(await found(session([0, change], [1, missing], [2, missing]))).toEqual([final]);
    expect(await found(session([0, missing], [1, missing], [2, change]))).toEqual([final]);
  });

  it("no poll", async () => {
    const ask = (...seconds: number[]) => seconds.map((second) => [second, done] as const);
    expect(await found(session(...ask(0, 5, 10), [15, missing], [20, missing]))).toEqual([]);
    expect(await found(session(...ask(0, 5, 10), [15, missing], ...ask(20), [25, missing], [30, missing]))).toEqual([]);
    expect(await found(session(...ask(0, 5), [10, missing], [15, missing]))).toEqual([final]);
    expect(await found(session(...ask(0, 1, 10), [15, missing], [20, missing]))).toEqual([final]);
    // Some time after it had ended.
    expect(await found(session(...ask(0, 5, 10), [60, missing], [65, missing]))).toEqual([final]);
    expect(await found(session([0, missing], [5, missing], [10, missing]))).toEqual([`${final} x2`]);
    // Told to wait, it goes on later.
    expect(await found(session(...ask(0, 5, 10), [15, limited(50)], [66, missing], [71, missing]))).toEqual([]);
  });

  it.each<[string, ExchangeParts, ExchangeParts]>([
    ["that is in trouble", {}, broken],
    ["that gets no answer", post(), unanswered],
  ])("no poll %s", async (_, request, trouble) => {
    const asked = (second: number, answer: ExchangeParts) => [second, request, answer] as const;
    const poll = [0, 5, 10].map((second) => asked(second, done));
    expect(await found(session(...poll, ...[15, 20, 25, 30, 35, 40].map((second) => asked(second, trouble))))).toEqual([]);
  });

  it("no poll that takes another key each time", async () => {
    const poll = [0, 100, 200].map((second) => [second, launch("k"), done] as const);
    expect(await found(session(...poll, [300, launch("k"), broken], [330, launch("l"), done]))).toEqual([]);
  });

  it("a poll that comes before its time", async () => {
    const poll = [0, 5, 10].map((second) => [second, done] as const);
    expect(await found(session(...poll, [15, limited(30)], [20, done]))).toEqual(["retried-early polled warning"]);
  });

  it("the same request, whatever the order of its query", async () => {
    const [one, other] = ["/v1/courses/c_1?a=1&b=2", "/v1/courses/c_1?b=2&a=1"];
    expect(await found(session([0, missing, { url: one }], [1, missing, { url: other }]))).toEqual([final]);
  });

  it("a success that is listed before all of them", async () => {
    const [first, success, last] = session([0, missing], [1, done], [2, missing]);
    const { findings } = await judge([success, first, last] as Exchanges);
    expect(findings.map(({ samples }) => samples[0]?.found)).toEqual(["a retry after 0.9 s"]);
  });

  it("no other request", async () => {
    expect(await found(session([0, missing], [1, missing, { url: "/v1/courses/c_1?a=1" }]))).toEqual([]);
    expect(
      await found(session([0, missing, { url: "/v1/courses/c_1?a=1&b=2" }], [1, missing, { url: "/v1/courses/c_1?b=2&a=1" }])),
    ).toEqual([final]);
    expect(await found(session([0, missing], [1, missing, { method: "HEAD" }]))).toEqual([]);
    expect(await found(session([0, missing], [1, missing, { url: "https://other.example/v1/courses/c_1" }]))).toEqual([]);
    expect(await found(session([0, post({ a: 1 }), invalid], [1, post({ a: 2 }), invalid]))).toEqual([]);
    expect(await found(session([0, post({ a: 1, b: 2 }), invalid], [1, post({ b: 2, a: 1 }), invalid]))).toEqual([final]);
  });

  it("no probe", async () => {
    expect(await found(session([0, missing, { probe: { id: "p", live: false } }], [1, missing]))).toEqual([]);
  });

  it("nothing of another timeline", async () => {
    expect(await found(session([0, missing], [1, missing, { capture: "b.har" }]))).toEqual([]);
    const together: ExchangeParts = { timeline: "all" };
    expect(await found(session([0, missing, together], [1, missing, together, { capture: "b.har" }]))).toEqual([final]);
  });
});

describe("in whatever order a capture lists its entries", () => {
  const story = () =>
    session(
      [0, missing],
      [1, missing],
      [2, { ...post(), ...done }],
      [3, missing],
      [4, missing, { took: 3000 }],
      [5, broken, { url: "/v1/x" }],
    );

  it.each<[string, (exchanges: Exchanges) => Exchanges]>([
    ["start", (all) => all],
    ["end", (all) => [...all].sort((a, b) => Number(a.endedAt) - Number(b.endedAt))],
    ["newest first", (all) => [...all].reverse()],
  ])("%s", async (_, order) => {
    expect(await found(order(story()))).toEqual([`${final} x2`]);
  });

  it("also where it is long", async () => {
    const many = Array.from({ length: 100 }, (_, index) => [index, done, { url: `/v1/courses/${index}` }] as const);
    const exchanges = session(...many, [100, missing], [101, done], ...many.map(([second, ...parts]) => [second + 200, ...parts] as const));
    expect(await found(exchanges)).toEqual([final]);
    expect(await found([...exchanges].reverse())).toEqual([final]);
  });

  const before = Array.from({ length: 60 }, (_, index) => [index, done, { url: `/v1/courses/${index}` }] as const);

  it.each<[string, Exchanges, string[]]>([
    ["an error that is over", session(...before, [100, missing], [100.5, missing], [101, missing], [101.5, done]), [`${final} x3`]],
    [
      "a poll that recovered",
      session(...before, [100, missing], ...[105, 110, 115, 120].map((second) => [second, done] as const), [125, missing], [130, missing]),
      [final],
    ],
    [
      "what was done, and done again",
      session(...before, [100, launch("k"), done], [101, launch("l"), done]),
      ["key-changed-on-retry repeated warning"],
    ],
    [
      "what was done, however often it was repeated with its key",
      session(...before, ...[100, 101, 102].map((second) => [second, launch("k"), done] as const), [103, launch("l"), done]),
      ["key-changed-on-retry repeated warning"],
    ],
  ])("once the order is known: %s", async (_, exchanges, told) => {
    expect(await found(exchanges)).toEqual(told);
  });

  it("where none is known yet", async () => {
    const [first, later, second] = session([0, missing], [200, missing], [1, missing]);
    expect(await found([first, later, second] as Exchanges)).toEqual([final]);
  });

  it("tells on the one that was read last, and names the other", async () => {
    const exchanges = session([0, missing], [1, missing]);
    const [forth] = (await judge(exchanges)).findings;
    expect(forth?.samples[0]).toMatchObject({ entry: 1, status: 404, related: [{ entry: 0 }], found: "a retry after 0.9 s" });
    const [back] = (await judge([...exchanges].reverse())).findings;
    expect(back?.samples[0]).toMatchObject({ entry: 0, related: [{ entry: 1 }] });
  });
});

describe("what cannot be known", () => {
  const timeless: ExchangeParts = { at: null };

  it("without times, the order of the file says what follows, and nothing says how soon", async () => {
    const untimed = "retried-final retriedUntimed note";
    expect(await found(session([0, missing, timeless], [1, missing, timeless]))).toEqual([untimed]);
    expect(await hidden(session([0, missing, timeless], [1, missing, timeless]))).toEqual(
      ["key-changed-on-retry", "retried-early", "retried-without-backoff", "unsafe-retry"].map((name) => `${name}: time unknown`),
    );
    const change = { ...post(), ...done, ...timeless };
    expect(await found(session([0, missing, timeless], [1, change], [2, missing, timeless]))).toEqual([]);
    expect(await found(session([0, change], [1, missing, timeless], [2, missing, timeless]))).toEqual([untimed]);
    expect(await found(session([0, missing, timeless], [1, done, timeless], [2, missing, timeless]))).toEqual([untimed]);
    expect(await found(session(...[0, 1, 2, 3, 4].map((second) => [second, broken, timeless] as const)))).toEqual([
      "retried-too-often tooOften error",
    ]);
    expect(await found(session([0, post(), unanswered, timeless], [1, post(), done, timeless]))).toEqual([]);
    expect(await found(session([0, launch("k"), broken, timeless], [1, launch("l"), done, timeless]))).toEqual([]);
    expect(await found(session([0, limited(9), timeless], [1, done, timeless]))).toEqual([]);
  });

  it("nor where only one of the two has them", async () => {
    expect(await found(session([0, limited(30)], [1, limited(30), timeless]))).toEqual([]);
    expect(await found(session([0, limited(30), { took: null }], [1, limited(30)]))).toEqual([]);
  });

  it("a clock that disagrees with the server's", async () => {
    const at = (second: number): ExchangeParts => ({
      headers: { "retry-after": "30", date: new Date(start + second * 1000).toUTCString() },
    });
    const body = limited(30);
    const early = "retried-early early error";
    expect(await found(session([0, body, at(0)], [5, done, at(5)]))).toEqual([early]);
    expect(await found(session([0, body, at(0)], [5, done, at(7)]))).toEqual([early]);
    const exchanges = session([0, body, at(0)], [5, done, at(8)]);
    expect(await found(exchanges)).toEqual([]);
    expect(await hidden(exchanges)).toContain("retried-early: the capture's clock disagrees with Date");
    expect(await found(session([0, body, at(0)], [5, done, at(2)]))).toEqual([]);
    // Date may be of any time between request and answer.
    expect(await found(session([0, body, at(0)], [5, done, at(8), { took: 2000 }]))).toEqual([early]);
    expect(await found(session([0, body, at(0), { took: 2000 }], [5, done, at(2)]))).toEqual([early]);
    // A final error stays one.
    expect(await found(session([0, missing, at(0)], [5, missing, at(50)]))).toEqual(["retried-final retriedUntimed note"]);
  });

  it("one body that was not captured among others that were", async () => {
    const lost: ExchangeParts = { ...post(), requestBodyState: "not-captured" };
    const { coverage } = await judge(session([0, lost, invalid], [1, post(), invalid], [2, post(), invalid]));
    expect(coverage.notObservable.map(({ count }) => count)).toEqual(rules.map(() => 2));
  });

  it("a request body that was not captured", async () => {
    const lost: ExchangeParts = { ...post(), requestBodyState: "not-captured" };
    const exchanges = session([0, lost, invalid], [1, lost, invalid]);
    expect(await found(exchanges)).toEqual([]);
    expect(await hidden(exchanges)).toHaveLength(rules.length);
    expect(await hidden(session([0, lost, done], [1, lost, invalid]))).toEqual([]);
    expect(await hidden(session([0, post(), invalid], [1, lost, done]))).toHaveLength(rules.length);
    expect(await found(session([0, post(), invalid], [1, lost, invalid], [2, post(), invalid]))).toEqual([final]);
  });
});

describe("client/retried-final", () => {
  it("looks at every row that may be meant", async () => {
    const unread: ExchangeParts = { bodyState: "not-captured" };
    expect(await found(session([0, { status: 404 }, unread], [1, { status: 404 }, unread]))).toEqual([final]);
    expect(await found(session([0, { status: 429 }, unread], [1, { status: 429 }, unread]))).toEqual([]);
    const { findings } = await judge(session([0, { status: 404 }, unread], [1, { status: 404 }, unread]));
    expect(findings[0]).toMatchObject({ row: null, message: expect.stringContaining("after 404, which") });
  });

  it("and is silent where they differ", async () => {
    const unread: ExchangeParts = { status: 429, bodyState: "not-captured" };
    expect(await found(session(...[0, 1, 3, 7, 15, 31].map((second) => [second, unread] as const)))).toEqual([]);
  });

  it("is silent where the contract is, and takes errors that it does not list as it says", async () => {
    const teapot: ExchangeParts = { status: 418, body: { detail: { error: { type: "invalid_request_error", message: "No." } } } };
    expect(await found(session([0, teapot], [1, teapot]))).toEqual([]);
    const strict = await load("extends: builtin:course-api\nclient: { unlisted: never }");
    expect(await found(session([0, teapot], [1, teapot]), strict)).toEqual([final]);
    const only = await load(
      "envelopes: { api: { pointer: /detail/error, members: { type: /type } } }\nerrors: [{ name: odd, status: 599 }]\nclient: { unlisted: never }",
    );
    expect(await found(session([0, teapot], [1, teapot]), only)).toEqual([final]);
    const none = await load("errors: [{ name: any, status: 404 }]");
    expect(await found(session([0, missing], [1, missing]), none)).toEqual([]);
    const page: ExchangeParts = {
      status: 404,
      body: "<html><center>nginx</center></html>",
      headers: { "content-type": "text/html", server: "nginx" },
    };
    expect(await found(session([0, page], [1, page]), strict)).toEqual([]);
  });

  it("lets a client wait out whatever it was told", async () => {
    expect(await found(session([0, capped(5)], [4.2, done]))).toEqual([]);
    expect(await found(session([0, capped(5)], [4, done]))).toEqual([final]);
    expect(await found(session([0, capped(29), { headers: { "retry-after": "soon" } }], [29, done]))).toEqual([final]);
  });

  it("says how soon, where that is known", async () => {
    const seen = async (exchanges: Exchanges) => (await judge(exchanges)).findings.map(({ samples }) => samples[0]?.found);
    expect(await seen(session([0, missing], [1, missing]))).toEqual(["a retry after 0.9 s"]);
    expect(await seen(session([0, missing, { at: null }], [1, missing, { at: null }]))).toEqual(["a retry"]);
  });

  it("takes a pause of half a minute for a person's", async () => {
    expect(await found(session([0, missing], [30.1, missing]))).toEqual([final]);
    expect(await found(session([0, missing], [30.2, missing]))).toEqual(["retried-final retriedLater note"]);
  });

  it("takes another header section for a repaired request", async () => {
    const fields = (requestHeaders: Record<string, string>): ExchangeParts => ({ requestHeaders });
    expect(await found(session([0, missing, fields({ accept: "a" })], [1, missing, fields({ accept: "b" })]))).toEqual([]);
    const [one, other] = [fields({ accept: "a", "X-Request-Id": "1" }), fields({ "x-request-id": "2", Accept: "a" })];
    expect(await found(session([0, missing, one], [1, missing, other]))).toEqual([final]);
  });

  it("takes a key that came or changed for a repair, where the error may be about it", async () => {
    const keyless = error(400, "invalid_request_error", "idempotency_key_required");
    expect(await found(session([0, launch(undefined), keyless], [1, launch("k"), done]))).toEqual([]);
    expect(await found(session([0, launch("k"), keyless], [1, launch("k"), done]))).toEqual([final]);
    expect(await found(session([0, launch("k"), invalid], [1, launch("l"), done]))).toEqual([]);
    const launched = error(409, "invalid_request_error", "already_launched");
    expect(await found(session([0, launch("k"), launched], [1, launch("l"), launched]))).toEqual([final]);
    expect(await found(session([0, launch("k"), missing], [1, launch("l"), missing]))).toEqual([final]);
    const unread: ExchangeParts = { status: 409, bodyState: "not-captured" };
    expect(await found(session([0, launch("k"), unread], [1, launch("l"), unread]))).toEqual([]);
    const contract = await load(
      "extends: builtin:course-api\nerrors: [{ name: key-reused, status: 422, type: invalid_request_error, code: key_reused, retry: never }]\nidempotency: { operations: { launchCourse: required }, reuse: key-reused }",
    );
    const reused = error(422, "invalid_request_error", "key_reused");
    expect(await found(session([0, launch("k"), reused], [1, launch("l"), done]), contract)).toEqual([]);
    expect(await found(session([0, launch("k"), reused], [1, launch("k"), reused]), contract)).toEqual([final]);
  });
});

const withBusy = await load("extends: builtin:course-api\nerrors: [{ name: busy, status: 503, type: server_error, retry: retry-after }]");
const perRoute = await load("extends: builtin:course-api\nrateLimit: { requests: 60, window: 60, per: route }");
const envelope = "envelopes: { api: { pointer: /detail/error, members: { type: /type, code: /code } } }";
const undeclared = await load(`${envelope}\nerrors: [{ name: limit, status: 429, retry: retry-after }]`);
const withBackoff = await load(
  `${envelope}\nerrors: [{ name: wait, status: 429, code: wait, retry: retry-after }, { name: limit, status: 429, retry: backoff }]`,
);

describe("client/retried-early", () => {
  const early = "retried-early early error";
  const kept = "retried-early keptAsking warning";

  it("takes Retry-After to the second", async () => {
    expect(await found(session([0, limited(5)], [4.05, done]))).toEqual([early]);
    expect(await found(session([0, limited(5)], [4.1, done]))).toEqual([]);
  });

  it.each<[string, Exchanges]>([
    ["a row that is never to be retried", session([0, capped(9)], [2, done, { url: "/v1/x" }])],
    [
      "a wait that disagrees with the code",
      session([0, error(429, "rate_limit_error", "retry_after_5", { "retry-after": "9" })], [1, done, { url: "/v1/x" }]),
    ],
    ["a refusal whose body was not captured", session([0, post(), limited(9), { requestBodyState: "not-captured" }], [2, post(), done])],
  ])("knows nothing of what else was asked after %s", async (_, exchanges) => {
    expect(await found(exchanges)).toEqual([]);
  });

  it("takes no other row with a wait for that of a limit", async () => {
    const busy = error(503, "server_error", undefined, { "retry-after": "9" });
    expect(await found(session([0, busy], [2, done, { url: "/v1/x" }]), withBusy)).toEqual([]);
    expect(await found(session([0, limited(9)], [1, limited(9), { url: "/v1/x" }]), withBackoff)).toEqual([]);
  });

  it("counts what the contract counts together", async () => {
    expect(await found(session([0, limited(9)], [2, done, { url: "/v1/presets/p" }]), perRoute)).toEqual([]);
  });

  it("tells a request once, whatever refusals are listed after it", async () => {
    const [first, second, asked] = session(
      [0, limited(20)],
      [0.05, limited(9), { url: "/v1/courses/c_2" }],
      [3, done, { url: "/v1/courses/c_3" }],
    );
    expect(await found([asked, first, second] as Exchanges)).toEqual([kept]);
  });

  it("holds a request against the refusals before it", async () => {
    const [first, asked, second] = session(
      [0, limited(20)],
      [1.2, done, { url: "/v1/courses/c_2" }],
      [2.4, limited(20), { url: "/v1/courses/c_3" }],
    );
    expect(await found([first, second, asked] as Exchanges)).toEqual([`${kept} x2`]);
  });

  it("also where the order of a capture is known", async () => {
    const before = Array.from({ length: 60 }, (_, index) => [index, done, { url: `/v1/courses/${index}` }] as const);
    expect(await found(session(...before, [60, limited(9)], [62, done, { url: "/v1/x" }]))).toEqual([kept]);
  });

  it("is silent where the row says nothing of retries, and where the retry itself is the fault", async () => {
    const contract = await load(
      "extends: builtin:course-api\nerrors: [{ name: busy, status: 503, type: server_error }, { name: later, status: 502, type: server_error, retry: backoff }]",
    );
    const wait = { "retry-after": "9" };
    expect(await found(session([0, error(503, "server_error", undefined, wait)], [1, done]), contract)).toEqual([]);
    expect(await found(session([0, error(502, "server_error", undefined, wait)], [1, done]), contract)).toEqual([early]);
    expect(await found(session([0, capped(9)], [1, done]))).toEqual([final]);
    expect(await found(session([0, capped(9)], [2, done, { url: "/v1/courses/c_2" }]))).toEqual([]);
  });

  it("counts what else the limited account asks, until the wait is over", async () => {
    const other = (second: number) => [second, done, { url: "/v1/courses/c_2" }] as const;
    expect(await found(session([0, limited(5)], other(0.15), other(1.1), other(1.2), other(4), other(4.1), other(6)))).toEqual([
      `${kept} x2`,
    ]);
    expect(await found([...session([0, limited(5)], other(2), other(6))].reverse())).toEqual([kept]);
    expect(await found(session(other(0.05), [0, limited(5)]))).toEqual([]);
    expect(await found(session([0, limited(5)], [2, done, { url: "/v1/courses/c_2", account: "bob" }]))).toEqual([]);
    expect(await found(session([0, limited(5), { took: null }], other(2)))).toEqual([]);
    expect(await found(session([0, limited(5)], [2, done, { url: "/v1/courses/c_2", at: null }]))).toEqual([]);
  });

  it("takes the newest word", async () => {
    const other = { url: "/v1/courses/c_2" };
    const third = { url: "/v1/courses/c_3" };
    const steps = session([0, limited(20)], [0.05, limited(2), other], [3, done, third]);
    expect(await found(steps)).toEqual([]);
    expect(await found([...steps].reverse())).toEqual([]);
    const again = session([0, limited(20)], [0.05, limited(9), other], [3, done, third]);
    expect(await found(again)).toEqual([kept]);
    expect(await found([...again].reverse())).toEqual([kept]);
  });

  it("another body is another request", async () => {
    expect(await found(session([0, post({ a: 1 }), limited(9)], [2, post({ a: 2 }), done]))).toEqual([kept]);
    expect(await found(session([0, post({ a: 1 }), limited(9)], [2, post(), done, { requestBodyState: "not-captured" }]))).toEqual([]);
  });

  const other = { url: "/v1/courses/c_2" };
  const nobody: ExchangeParts = { account: undefined as never };

  it.each<[string, Exchanges, string[]]>([
    ["a success", session([0, limited(9)], [2, done, other]), []],
    ["another error", session([0, limited(9)], [2, missing, other]), []],
    ["another refusal", session([0, limited(9)], [2, limited(8), other]), [kept]],
    ["another account's", session([0, limited(9)], [2, limited(8), other, { account: "bob" }]), []],
    ["nobody's", session([0, limited(9), nobody], [2, limited(8), other, nobody]), []],
    ["another server's", session([0, limited(9)], [2, limited(8), { url: "https://other.example/" }]), []],
  ])("without a declared limit only another refusal shows that it counts both: %s", async (_, exchanges, told) => {
    expect(await found(exchanges, undeclared)).toEqual(told);
  });

  it("one timeline for itself", async () => {
    expect(await found(session([0, limited(9)], [2, done, { url: "/v1/x", capture: "b.har" }]))).toEqual([]);
  });

  it("names the two of them", async () => {
    const exchanges = session([0, limited(9)], [2, done, { url: "/v1/x" }]);
    const [forth] = (await judge(exchanges)).findings;
    expect(forth?.samples[0]).toMatchObject({ entry: 1, related: [{ entry: 0 }] });
    const [back] = (await judge([...exchanges].reverse())).findings;
    expect(back?.samples[0]).toMatchObject({ entry: 0, related: [{ entry: 1 }] });
  });
});

describe("client/retried-early, of several captures together", () => {
  it("names the request, where the refusal has its number in another capture", async () => {
    const [refusal, asked] = session([0, limited(9), { capture: "b.har" }], [2, done, { url: "/v1/x", capture: "a.har" }]).map(
      (exchange) => ({ ...exchange, timeline: "all", origin: { ...exchange.origin, entry: 0 } }),
    );
    const { findings } = await judge([asked, refusal] as Exchanges);
    expect(findings.map(({ note, samples }) => [note, samples[0]?.capture, samples[0]?.related])).toEqual([
      ["keptAsking", "b.har", [{ capture: "a.har", entry: 0 }]],
    ]);
  });
});

describe("client/retried-too-often", () => {
  const often = "retried-too-often tooOften error";
  const growing = (...answers: ExchangeParts[]) => session(...answers.map((answer, index) => [2 ** index, answer] as const));

  it("counts retries of what may be retried", async () => {
    expect(await found(growing(broken, broken, broken, broken))).toEqual([]);
    expect(await found(growing(broken, broken, broken, broken, done))).toEqual([often]);
    expect(await found(growing(broken, broken, missing, broken, broken))).toEqual([final]);
    expect(await found(growing(broken, unanswered, broken, unanswered, done))).toEqual([often]);
    expect(await found(growing(unanswered, unanswered, unanswered, unanswered, unanswered, done))).toEqual([]);
    const { findings } = await judge(growing(broken, broken, broken, broken, broken, broken));
    expect(findings[0]).toMatchObject({
      message: "The same request was sent again 5 times after errors; the contract allows 3.",
      row: null,
    });
    expect(findings[0]?.samples[0]).toMatchObject({ entry: 4, related: [0, 1, 2, 3, 4].map((entry) => ({ entry })) });
  });

  it("counts waits that were obeyed as well", async () => {
    expect(await found(session(...[0, 6, 12, 18, 24].map((second) => [second, limited(5)] as const)))).toEqual([often]);
    expect(await found(session(...[0, 41, 82, 123, 164].map((second) => [second, limited(40)] as const)))).toEqual([often]);
  });

  it("follows pauses that grow past half a minute, and no others", async () => {
    expect(await found(session(...[0, 10, 30, 70, 150].map((second) => [second, broken] as const)))).toEqual([often]);
    expect(await found(session(...[0, 1, 3, 40, 42, 46].map((second) => [second, broken] as const)))).toEqual([]);
  });

  it("is silent where the contract allows any number", async () => {
    const contract = await load("extends: builtin:course-api\nclient: { backoff: exponential }");
    expect(await found(growing(broken, broken, broken, broken, broken), contract)).toEqual([]);
    const none = await load("extends: builtin:course-api\nclient: { maxRetries: 0 }");
    expect(await found(growing(broken, done), none)).toEqual([often]);
  });
});

describe("client/retried-without-backoff", () => {
  const at = (...seconds: number[]) => session(...seconds.map((second) => [second, broken] as const));
  const immediate = "retried-without-backoff immediate warning";
  const constant = "retried-without-backoff constant warning";
  const plain = "retried-without-backoff noJitter note";

  it("no pause is under 100 ms, each time, twice", async () => {
    expect(await found(at(0, 0.15, 0.34))).toEqual([immediate]);
    expect(await found(at(0, 0.15, 0.35))).toEqual([]);
    expect(await found(at(0, 0.15))).toEqual([]);
  });

  it("a constant pause is one that varies by a tenth at most, three times", async () => {
    expect(await found(at(0, 1.1, 2.3, 3.4))).toEqual([constant]);
    expect(await found(at(0, 1.1, 2.32, 3.4))).toEqual([]);
    expect(await found(at(0, 1.1, 2.2))).toEqual([]);
    expect(await found(at(0, 1.1, 2.2, 7))).toEqual([]);
  });

  it("the contract may allow it, but not no pause at all", async () => {
    const contract = await load("extends: builtin:course-api\nclient: { backoff: constant }");
    expect(await found(at(0, 1.1, 2.2, 3.3), contract)).toEqual([]);
    expect(await found(at(0, 0.15, 0.3), contract)).toEqual([immediate]);
  });

  it("looks at rows with backoff, and not at waits that were asked for", async () => {
    const asked = { headers: { "retry-after": "1", "content-type": "application/json" } };
    expect(await found(session(...[0, 1.1, 2.2, 3.3].map((second) => [second, broken, asked] as const)))).toEqual([]);
    expect(await found(session(...[0, 1.1, 2.2, 3.3].map((second) => [second, limited(1)] as const)))).toEqual([]);
    expect(await found(session([0, broken], [1.1, unanswered], [2.2, unanswered], [3.3, done]))).toEqual([constant]);
    expect(await found(session([0, unanswered], [1.1, unanswered], [2.2, unanswered], [3.3, done]))).toEqual([]);
  });

  it("no error that is not to be retried at all", async () => {
    expect(await found(session(...[0, 1.1, 2.2, 3.3].map((second) => [second, missing] as const)))).toEqual([`${final} x3`]);
  });

  const series = (second: number, course: number, ...pauses: number[]) => {
    let at = second;
    return [0, ...pauses].map((pause) => {
      at += pause;
      return [at, broken, { url: `/v1/courses/c_${course}` }] as const;
    });
  };
  const three = (third: number[], account = "alice") =>
    session(
      ...series(0, 1, 1.1, 2.1),
      ...series(30, 2, 1.12, 2.14),
      ...series(60, 3, ...third).map((step) => [...step, { account }] as const),
    );

  it.each<[string, Exchanges, string[]]>([
    ["the same", three([1.1, 2.12]), [plain]],
    ["as far as both go", three([1.1]), [plain]],
    ["another second pause", three([1.1, 2.3]), []],
    ["another first pause", three([1.2, 2.1]), []],
    ["another client's", three([1.1, 2.1], "bob"), []],
  ])("the same pauses in three series are not by chance: %s", async (_, exchanges, told) => {
    expect(await found(exchanges)).toEqual(told);
  });

  it("nothing is left to chance where the contract does not ask for it", async () => {
    const contract = await load("extends: builtin:course-api\nclient: { backoff: exponential }");
    expect(await found(three([1.1, 2.1]), contract)).toEqual([]);
  });
});

describe("client/unsafe-retry", () => {
  const told = (note: string) => [`unsafe-retry ${note} warning`];
  const busy = error(503, "server_error");

  it("POST and PATCH after no answer, or an error of the server that the contract is silent about", async () => {
    expect(await found(session([0, post(), unanswered], [1, post(), done]))).toEqual(told("unanswered"));
    expect(await found(session([0, post(), busy], [1, post(), done]))).toEqual(told("failed"));
    const patch = { method: "PATCH", requestBody: { a: 1 } };
    expect(await found(session([0, patch, unanswered], [1, patch, done]))).toEqual(told("unanswered"));
    for (const method of ["PUT", "DELETE", "GET"])
      expect(await found(session([0, unanswered, { method }], [1, done, { method }]))).toEqual([]);
    expect(await found(session([0, post(), error(501, "server_error")], [1, post(), done]))).toEqual([]);
    expect(await found(session([0, post(), error(418, "server_error")], [1, post(), done]))).toEqual([]);
    expect(await found(session([0, post(), broken], [1, post(), done]))).toEqual([]);
  });

  it("not where nobody knows how soon", async () => {
    expect(await found(session([0, post(), unanswered, { at: null }], [1, post(), done, { at: null }]))).toEqual([]);
  });

  it("also where the key that the contract asks for was never sent", async () => {
    expect(await found(session([0, launch(undefined), unanswered], [1, launch(undefined), done]))).toEqual(told("unanswered"));
  });

  it("one finding for each status, and one for no answer, whatever the tool wrote", async () => {
    const course = (id: string): ExchangeParts => ({ ...post(), url: `/v1/courses/${id}` });
    const pair = (id: string, answer: ExchangeParts) => session([0, course(id), answer], [1, course(id), done]);
    expect(await found([...pair("a", busy), ...pair("b", error(502, "server_error"))])).toEqual([...told("failed"), ...told("failed")]);
    expect(await found([...pair("a", unanswered), ...pair("b", { status: 503, notJudged: "no-response" })])).toEqual([
      `${told("unanswered")} x2`,
    ]);
  });

  it.each<[string, string[]]>([
    ["net::ERR_NAME_NOT_RESOLVED", []],
    ["net::ERR_INTERNET_DISCONNECTED", []],
    ["connect ECONNREFUSED 127.0.0.1:8080", []],
    ["getaddrinfo ENOTFOUND api.example.com", []],
    ["net::ERR_CONNECTION_RESET", told("unanswered")],
    ["net::ERR_ABORTED", told("unanswered")],
    [`${" ".repeat(1_000)}ECONNREFUSED`, told("unanswered")],
    ["", told("unanswered")],
  ])("not where the first never left: %s", async (failure, expected) => {
    expect(await found(session([0, post(), unanswered, { failure }], [1, post(), done]))).toEqual(expected);
    const keyed = [
      [0, launch("k"), unanswered, { failure }],
      [1, launch("l"), done],
    ] as const;
    expect(await found(session(...keyed))).toEqual(expected.length > 0 ? ["key-changed-on-retry changed error"] : []);
  });

  it("an answer is one, whatever the tool says of it", async () => {
    expect(await found(session([0, missing, { failure: "ECONNREFUSED" }], [1, missing]))).toEqual([final]);
  });

  it("not where a final error is retried", async () => {
    const contract = await load("extends: builtin:course-api\nerrors: [{ name: busy, status: 503, type: server_error, retry: never }]");
    expect(await found(session([0, post(), busy], [1, post(), done]), contract)).toEqual([final]);
  });

  it("of gateways, those that waited in vain", async () => {
    const page = (status: number): ExchangeParts => ({
      status,
      body: `<html><head><title>${status}</title></head><body><hr><center>nginx</center></body></html>`,
      headers: { "content-type": "text/html", server: "nginx" },
    });
    for (const status of [502, 504]) expect(await found(session([0, post(), page(status)], [1, post(), done]))).toEqual(told("failed"));
    expect(await found(session([0, post(), page(503)], [1, post(), done]))).toEqual([]);
  });

  it("a key makes it safe, whether or not the contract speaks of it", async () => {
    const keyed = { ...post(), requestHeaders: { "idempotency-key": "k" } };
    const silent = await load(
      "envelopes: { api: { pointer: /detail/error, members: { type: /type } } }\nerrors: [{ name: odd, status: 599 }]",
    );
    for (const contract of [builtin, silent]) {
      expect(await found(session([0, keyed, unanswered], [1, keyed, done]), contract)).toEqual([]);
      expect(await found(session([0, post(), unanswered], [1, keyed, done]), contract)).toEqual(told("unanswered"));
      expect(await found(session([0, keyed, unanswered], [1, post(), done]), contract)).toEqual(told("unanswered"));
    }
    const empty = { ...post(), requestHeaders: { "idempotency-key": " " } };
    expect(await found(session([0, empty, unanswered], [1, empty, done]))).toEqual(told("unanswered"));
    expect(await found(session([0, launch("k"), unanswered], [1, launch(undefined), done]))).toEqual([
      "key-changed-on-retry dropped error",
    ]);
  });

  it("not what a person sends again, nor what a browser does by itself", async () => {
    expect(await found(session([0, post(), unanswered], [30.1, post(), done]))).toEqual(told("unanswered"));
    expect(await found(session([0, post(), unanswered], [30.2, post(), done]))).toEqual([]);
    expect(await found(session([0, post(), unanswered], [0.15, post(), done]))).toEqual([]);
    expect(await found(session([0, post(), unanswered], [0.151, post(), done]))).toEqual(told("unanswered"));
    expect(await found(session([0, post(), busy], [0.15, post(), done]))).toEqual(told("failed"));
    // The first one of three.
    expect(await found(session([0, post(), unanswered], [2, post(), unanswered], [2.15, post(), done]))).toEqual(told("unanswered"));
    expect(await found(session([0, launch("k"), unanswered], [0.15, launch("l"), done]))).toEqual(["key-changed-on-retry changed error"]);
  });
});

describe("client/key-changed-on-retry", () => {
  const changed = "key-changed-on-retry changed error";
  const repeated = "key-changed-on-retry repeated warning";

  it("is silent where the first attempt had no key at all: that is told by key-missing", async () => {
    expect(await found(session([0, launch(undefined), broken], [3, launch("l"), done]))).not.toContain(changed);
    expect(await found(session([0, launch(undefined), unanswered], [3, launch("l"), done]))).not.toContain(changed);
  });

  it("after no answer, an error of the server, or a limit", async () => {
    for (const answer of [unanswered, broken, limited(1), error(503, "server_error")])
      expect(await found(session([0, launch("k"), answer], [1.5, launch("l"), done]))).toEqual([changed]);
    expect(await found(session([0, launch("k"), error(429, "quota_exceeded", "quota_exceeded")], [1, launch("l"), done]))).toEqual([final]);
    expect(await found(session([0, launch("k"), error(418, "odd")], [1, launch("l"), done]))).toEqual([]);
    expect(await found(session([0, launch(undefined), unanswered], [40, launch("l"), done]))).toEqual([]);
  });

  it("within two minutes", async () => {
    expect(await found(session([0, launch("k"), limited(50)], [120.1, launch("l"), done]))).toEqual([changed]);
    expect(await found(session([0, launch("k"), limited(59)], [120, launch("l"), done]))).toEqual([changed]);
  });

  it("and no later, nor where nobody knows", async () => {
    const long = error(500, "server_error", undefined, { "retry-after": "100" });
    expect(await found(session([0, launch("k"), long], [120.2, launch("l"), done]))).toEqual([]);
    const timeless: ExchangeParts = { at: null };
    expect(await found(session([0, launch("k"), broken, timeless], [1, launch("l"), done, timeless]))).toEqual([]);
  });

  it("shows what came in the key's place", async () => {
    const seen = async (key: string | undefined) =>
      (await judge(session([0, launch("k"), broken], [1, launch(key), done]))).findings.map(({ samples }) => samples[0]?.found);
    expect([await seen("l"), await seen(undefined)]).toEqual([["another"], ["none"]]);
  });

  it("a key in the body is left out of the comparison", async () => {
    const contract = await load(
      "extends: builtin:course-api\nidempotency: { key: { pointer: /meta/key }, operations: { launchCourse: required } }",
    );
    const inBody = (key: string | undefined, x = 1) => launch(undefined, { x, meta: { ...(key !== undefined && { key }), y: 1 } });
    expect(await found(session([0, inBody("k"), broken], [1, inBody("l"), done]), contract)).toEqual([changed]);
    expect(await found(session([0, inBody("k"), broken], [1, inBody("k"), done]), contract)).toEqual([]);
    expect(await found(session([0, inBody("k"), broken], [1, inBody("l", 2), done]), contract)).toEqual([]);
    expect(await found(session([0, inBody("k"), broken], [1, inBody(undefined), done]), contract)).toEqual([
      "key-changed-on-retry dropped error",
    ]);
    const text: ExchangeParts = { ...launch(undefined), requestBody: "meta" };
    expect(await found(session([0, text, invalid], [1, text, invalid]), contract)).toEqual([final]);
    const cut: ExchangeParts = { ...inBody("k"), requestBodyState: "truncated" };
    expect(await found(session([0, cut, invalid], [1, cut, invalid]), contract)).toEqual([]);
  });

  it.each<[string, Json, Json, string[]]>([
    ["another key", { meta: { key: "k", y: 1 } }, { meta: { key: "l", y: 1 } }, [changed]],
    ["another body", { meta: { key: "k", y: 1 } }, { meta: { key: "l", y: 2 } }, []],
    ["no JSON", "meta", "other", []],
    ["nothing to hold a key", { meta: null }, { meta: null }, []],
    ["no object", ["k"], ["l"], []],
    ["nothing at its place", { x: 1 }, { x: 1, meta: null }, []],
  ])("a key in the body: %s", async (_, first, second, told) => {
    const contract = await load(
      "extends: builtin:course-api\nidempotency: { key: { pointer: /meta/key }, operations: { launchCourse: required } }",
    );
    const answer = told.length > 0 ? broken : invalid;
    const again = JSON.stringify(first) === JSON.stringify(second) ? [final] : told;
    expect(await found(session([0, launch(undefined, first), answer], [1, launch(undefined, second), answer]), contract)).toEqual(again);
  });

  it("a request that was done, and done again", async () => {
    expect(await found(session([0, launch("k"), done], [1, launch("l"), done]))).toEqual([repeated]);
    expect(await found([...session([0, launch("k"), done], [1, launch("l"), done])].reverse())).toEqual([repeated]);
    expect(await found(session([0, launch("k"), done], [1, launch(undefined), done]))).toEqual([repeated]);
    expect(await found(session([0, launch("k"), done], [30.1, launch("l"), done]))).toEqual([repeated]);
    expect(await found(session([0, launch("k"), done], [30.2, launch("l"), done]))).toEqual([]);
    expect(await found(session([0, launch("k"), done, { took: 2000 }], [1, launch("l"), done]))).toEqual([]);
    expect(await found(session([0, launch("k"), done], [1, launch("k"), done]))).toEqual([]);
    expect(await found(session([0, launch("k"), done], [1, launch("l", { x: 2 }), done]))).toEqual([]);
    expect(await found(session([0, launch(undefined), done], [1, launch("l"), done]))).toEqual([]);
    expect(await found(session([0, launch("k"), done], [1, launch("l"), invalid]))).toEqual([]);
    expect(await found(session([0, launch("k"), done], [1, launch("l"), done, { account: "bob" }]))).toEqual([]);
    const named = (credential: string): ExchangeParts => ({ account: { id: "a", name: "alice", credential } });
    expect(await found(session([0, launch("k"), done, named("1")], [1, launch("l"), done, named("2")]))).toEqual([]);
    const lost: ExchangeParts = { requestBodyState: "not-captured" };
    expect(await found(session([0, launch("k"), done, lost], [1, launch("l"), done, lost]))).toEqual([]);
    const other = (key: string): ExchangeParts => ({ ...post(), requestHeaders: { "idempotency-key": key } });
    expect(await found(session([0, other("k"), done], [1, other("l"), done]))).toEqual([]);
    // It was taken back in between.
    expect(await found(session([0, launch("k"), done], [1, done, { method: "DELETE" }], [2, launch("l"), done]))).toEqual([]);
    expect(await found(session([0, launch("k"), done], [1, launch("l"), done], [2, launch("m"), done]))).toEqual([`${repeated} x2`]);
  });

  it.each<[string, Exchanges, string[]]>([
    ["one that comes again under its own key", session([0, launch("k"), broken], [1, launch("l"), done], [2.2, launch("k"), done]), []],
    ["one that had come under its own key", session([0, launch("l"), broken], [1, launch("k"), broken], [3, launch("l"), done]), []],
    [
      "several, done one after the other",
      session([0, launch("j"), done], [1, launch("k"), broken], [1.5, launch("l"), done], [2.7, launch("k"), done]),
      [],
    ],
    [
      "one without a key, and one that comes again",
      session([0, launch("k"), broken], [1, launch(undefined), done], [2.2, launch("k"), done]),
      [],
    ],
    ["one that is given up", session([0, launch("k"), broken], [1, launch("l"), broken], [3, launch("l"), done]), [changed]],
    ["one that comes again much later", session([0, launch("k"), broken], [1, launch("l"), done], [130, launch("k"), done]), [changed]],
  ])("is no request of its own, nor is it taken for a retry: %s", async (_, exchanges, told) => {
    expect(await found(exchanges)).toEqual(told);
    expect(await found([...exchanges].reverse())).toEqual(told);
  });

  it("not where a person tries again", async () => {
    expect(await found(session([0, launch("k"), broken], [30.1, launch("l"), done]))).toEqual([changed]);
    expect(await found(session([0, launch("k"), broken], [30.2, launch("l"), done]))).toEqual([]);
  });

  it("is silent without a word of keys", async () => {
    const contract = await load(
      "envelopes: { api: { pointer: /detail/error, members: { type: /type } } }\nerrors: [{ name: odd, status: 599 }]",
    );
    expect(await found(session([0, launch("k"), unanswered], [1, launch("l"), done]), contract)).toEqual([]);
  });
});

describe("any traffic", () => {
  const answers = [
    done,
    missing,
    broken,
    unauthenticated,
    limited(2),
    capped(3),
    invalid,
    unanswered,
    { status: 404, bodyState: "not-captured" },
  ];
  const requests = [{}, post(), launch("k"), launch("l"), launch(undefined), { ...post(), requestBodyState: "not-captured" }];
  const step = fc.record({
    request: fc.constantFrom<ExchangeParts[]>(...(requests as ExchangeParts[])),
    answer: fc.constantFrom<ExchangeParts[]>(...(answers as ExchangeParts[])),
    account: fc.constantFrom("alice", "bob", undefined),
    gap: fc.integer({ min: 1, max: 40_000 }),
    took: fc.integer({ min: 0, max: 5_000 }),
  });

  it("gives the same findings in whatever order its entries stand, and no crash", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
        let second = 0;
        const exchanges = session(
          ...steps.map(({ request, answer, account, gap, took }) => {
            second += gap / 1000;
            return [second, request, answer, { account: account as string, took }] as const;
          }),
        );
        const orders = [exchanges, [...exchanges].reverse(), [...exchanges].sort((a, b) => Number(a.endedAt) - Number(b.endedAt))];
        const [forth, ...others] = await Promise.all(
          orders.map(async (order) => (await found(order)).filter((each) => !/keptAsking|noJitter/.test(each))),
        );
        for (const other of others) expect(other).toEqual(forth);
      }),
      { numRuns: 150 },
    );
  });
});
