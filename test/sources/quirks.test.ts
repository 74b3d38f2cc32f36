import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { Exchange } from "../../src/model/exchange.ts";
import { AccountKeeper } from "../../src/sources/account.ts";
import { entryOf, harOf, readText } from "./kit.ts";

type Change = Parameters<typeof entryOf>[0];

/** The first exchange of a capture with one entry. */
async function look<T>(change: Change, at: (exchange: Exchange) => T): Promise<T> {
  const { seen, faults } = await readText(harOf(entryOf(change)), at);
  expect(faults.filter(({ severity }) => severity === "error")).toEqual([]);
  return seen[0] as T;
}

describe("header fields", () => {
  const lines = (headers: unknown) => look({ response: { headers } }, (x) => x.response.headers.lines());

  test("numbers, lists, nulls and newline-joined repeats are values; pseudo-headers are none", async () => {
    const odd = [
      { name: ":status", value: "200" },
      { name: "Content-Length", value: 12 },
      { name: "Set-Cookie", value: ["a=1", "b=2"] },
      { name: "Vary", value: null },
      { name: "Via", value: "one\ntwo" },
      "no line",
      { value: "no name" },
    ];
    expect(await lines(odd)).toEqual([
      ["Content-Length", "12"],
      ["Set-Cookie", "a=1"],
      ["Set-Cookie", "b=2"],
      ["Vary", ""],
      ["Via", "one"],
      ["Via", "two"],
    ]);
    expect(
      await look({ response: { headers: odd } }, ({ response: { headers } }) => [
        headers.get("set-cookie"),
        headers.get("VIA"),
        headers.get(":status"),
        headers.get("x"),
      ]),
    ).toEqual(["a=1, b=2", "one, two", undefined, undefined]);
  });

  test("a list that is missing, null or an object is coped with", async () => {
    expect(await lines(undefined)).toEqual([]);
    expect(await lines(null)).toEqual([]);
    expect(await lines({ Allow: "GET" })).toEqual([["Allow", "GET"]]);
    const { faults } = await readText(harOf(entryOf({ request: { headers: undefined } })), () => 0);
    expect(faults).toMatchObject([
      { severity: "note", message: "1 entry without a list of request headers, the first being this: taken as none" },
    ]);
  });
});

test("values 100,000 deep where texts and numbers should stand", async () => {
  const lists = `${"[".repeat(100_000)}${"]".repeat(100_000)}`;
  const objects = `${'{"a":'.repeat(100_000)}1${"}".repeat(100_000)}`;
  for (const deep of [lists, objects]) {
    const odd = { headers: [{ name: "A", value: "DEEP" }], bodySize: "DEEP" };
    const text = harOf(
      entryOf({
        request: { ...odd, postData: { params: [{ name: "p", value: "DEEP" }], text: "" } },
        response: odd,
        content: { size: "DEEP", compression: "DEEP" },
      }),
    );
    const { seen } = await readText(text.replaceAll('"DEEP"', deep), ({ request, response, notJudged }) => [
      request.headers.get("a"),
      response.headers.get("a"),
      request.body.text(),
      response.body.truncated,
      notJudged,
    ]);
    expect(seen).toEqual([[expect.any(String), expect.any(String), expect.stringContaining("p="), false, undefined]]);
  }
});

describe("response bodies", () => {
  const body = (content: object | undefined, response: object = {}) =>
    look({ response: { ...response, content } }, ({ response: { body } }) => [body.state, body.text(), body.truncated]);

  test.each([
    [{ size: 5, text: "hello" }, "present"],
    [{ size: 0, text: "" }, "empty"],
    [{ text: "" }, "empty"],
    [{ size: 9, text: "" }, "not-captured"],
    [{ size: 0 }, "empty"],
    [{ size: 9 }, "not-captured"],
    [{ size: -1 }, "not-captured"],
    [{}, "not-captured"],
    [{ size: 0, text: null }, "empty"],
    [{ size: 0, _file: "a1.bin" }, "not-captured"],
    [undefined, "not-captured"],
  ] as const)("%j is %s", async (content, state) => {
    expect((await body(content))[0]).toBe(state);
  });

  test("a length in the headers beats a size of 0", async () => {
    expect((await body({ size: 0 }, { headers: [{ name: "content-length", value: "7" }] }))[0]).toBe("not-captured");
    expect((await body({ size: 0 }, { bodySize: 7 }))[0]).toBe("not-captured");
  });

  test("HEAD, 204 and 304 have none, unless the capture shows one", async () => {
    expect((await body({ size: -1 }, { status: 204 }))[0]).toBe("empty");
    expect(await look({ request: { method: "head" }, content: { text: undefined, size: 5 } }, (x) => x.response.body.state)).toBe("empty");
    expect((await body({ text: "x" }, { status: 204 }))[0]).toBe("present");
  });

  test("shorter than its size is truncated, where nothing else explains it", async () => {
    expect((await body({ size: 40, text: '{"a":' }))[2]).toBe(true);
    expect((await body({ size: 40, text: '{"a":1}' }))[2]).toBe(false);
    expect((await body({ size: 40, text: "{", compression: 39 }))[2]).toBe(false);
    expect((await body({ size: 40, text: "{" }, { headers: [{ name: "Content-Encoding", value: "gzip" }] }))[2]).toBe(false);
    expect((await body({ size: 5, text: "{é" }))[2]).toBe(true);
    expect((await body({ size: 3, text: "{é" }))[2]).toBe(false);
  });

  test("base64 is decoded; utf-8 is no encoding; base64 that is none is text, and counted", async () => {
    expect((await body({ text: "eyJhIjoxfQ==", encoding: "base64" }))[1]).toBe('{"a":1}');
    expect((await body({ text: "plain", encoding: "utf-8" }))[1]).toBe("plain");
    const odd = entryOf({ content: { text: "MANUALLY REMOVED!", encoding: "base64" } });
    const { seen, faults } = await readText(harOf(odd, odd), (x) => [x.response.body.text(), x.response.body.mayMention("MANUALLY")]);
    expect(seen[0]).toEqual(["MANUALLY REMOVED!", true]);
    expect(faults).toMatchObject([
      { severity: "note", message: "2 bodies said to be base64 that cannot be decoded, the first being this: taken as text" },
    ]);
  });

  test("another charset is decoded by its name", async () => {
    expect(
      (
        await body({ text: Buffer.from("é", "latin1").toString("base64"), encoding: "base64", mimeType: "text/html; charset=ISO-8859-1" })
      )[1],
    ).toBe("é");
  });

  test("text still compressed is inflated", async () => {
    const json = '{"error":{"type":"not_found"}}';
    const gzip = gzipSync(json);
    const half = gzip.length >> 1;
    const br = { headers: [{ name: "Content-Encoding", value: "br" }] };
    const packed = brotliCompressSync(json);
    for (const [content, response] of [
      [{ text: gzip.toString("base64"), encoding: "base64" }, {}],
      [{ text: gzip.toString("latin1") }, {}],
      [{ text: JSON.stringify([gzip.subarray(0, half).toString("hex"), gzip.subarray(half).toString("hex")]) }, {}],
      [{ text: JSON.stringify([gzip.toString("base64")]), encoding: "base64" }, {}],
      [{ text: JSON.stringify([packed.toString("base64")]) }, br],
      [{ text: packed.toString("base64"), encoding: "base64" }, br],
      [{ text: Buffer.from(json).toString("base64"), encoding: "base64" }, br],
    ] as const) {
      expect((await body(content, response))[1]).toBe(json);
      expect(await look({ content, response }, (x) => x.response.body.mayMention("not_found"))).toBe(true);
    }
  });

  test("a list of strings that is no stream stays what it is", async () => {
    for (const text of ['["abcd"]', '["00ff"]', '["a","b"]', '["', "[]"])
      expect((await body({ text }, { headers: [{ name: "content-encoding", value: "br" }] }))[1]).toBe(text);
  });

  test("a decompression bomb stays small and counts as truncated", async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20, "a"));
    const [, text, truncated] = await body({ text: bomb.toString("base64"), encoding: "base64" });
    expect(truncated).toBe(true);
    expect((text as string).length).toBeLessThanOrEqual(8 << 20);
    expect((text as string).length).toBeGreaterThan(1000);
  });

  test("hundreds of small bombs take no more than the time to fill the bound once for each", async () => {
    const bomb = brotliCompressSync(Buffer.alloc(64 << 20, "a")).toString("base64");
    const br = [{ name: "Content-Encoding", value: "br" }];
    const entries = new Array(20).fill(entryOf({ response: { headers: br, content: { text: bomb, encoding: "base64" } } }));
    const start = performance.now();
    const { seen } = await readText(harOf(...entries), ({ response: { body } }) => [body.state, body.truncated, body.json().ok]);
    expect(seen).toEqual(new Array(20).fill(["present", true, false]));
    expect(performance.now() - start).toBeLessThan(3000);
  });

  test("JSON is parsed once; a complaint is one line", async () => {
    expect(await look({ content: { text: '{"a":[1]}' } }, (x) => x.response.body.json())).toEqual({ ok: true, value: { a: [1] } });
    expect(await look({ content: { text: "<p>\n" } }, (x) => x.response.body.json())).toMatchObject({
      ok: false,
      reason: expect.not.stringContaining("\n"),
    });
  });

  test("raw control characters in a string are a fault of the entry", async () => {
    const text = harOf(entryOf({ content: { text: "a_b\\c" } }), entryOf()).replace("a_b", "a\nb");
    const { seen, faults } = await readText(text, ({ origin }) => [origin.entry, origin.line]);
    expect(seen).toEqual([[1, 2]]);
    expect(faults).toMatchObject([
      { severity: "error", entry: 0, line: 1, message: expect.stringContaining("byte 0x0a stands unescaped in a string") },
    ]);
  });
});

describe("request bodies", () => {
  const body = (request: object) => look({ request }, ({ request: { body } }) => [body.state, body.text()]);
  const type = { name: "Content-Type", value: "application/json" };

  test.each([
    [{ postData: { text: "{}" } }, "present", "{}"],
    [{ postData: { params: [{ name: "a b", value: "1&2" }, { name: "c" }] } }, "present", "a+b=1%262&c="],
    [{ postData: { text: "", params: [{ name: "a", value: "1" }] } }, "present", "a=1"],
    [{ postData: { text: "e30=", encoding: "base64" } }, "present", "{}"],
    [{}, "empty", ""],
    [{ headers: [type] }, "not-captured", ""],
    [{ headers: [type, { name: "content-length", value: "0" }] }, "empty", ""],
    [{ headers: [{ name: "content-length", value: "3" }] }, "not-captured", ""],
    [{ headers: [{ name: "transfer-encoding", value: "chunked" }] }, "not-captured", ""],
    [{ bodySize: 3 }, "not-captured", ""],
    [{ method: "POST", bodySize: -1 }, "not-captured", ""],
    [{ method: "PATCH", bodySize: -1, headers: [type] }, "not-captured", ""],
    [{ method: "POST", bodySize: -1, headers: [{ name: "Content-Length", value: "0" }] }, "empty", ""],
    [{ method: "POST", bodySize: -1, postData: { text: "" } }, "empty", ""],
    [{ method: "POST", bodySize: 0 }, "empty", ""],
    [{ method: "POST" }, "empty", ""],
    [{ method: "DELETE", bodySize: -1 }, "empty", ""],
    [{ postData: { text: "", mimeType: "application/json" }, headers: [type] }, "empty", ""],
  ] as const)("%j is %s", async (request, state, text) => {
    expect(await body(request)).toEqual([state, text]);
  });
});

describe("what is not judged", () => {
  const etag = [{ name: "If-None-Match", value: '"1"' }];
  test.each([
    [{}, undefined],
    [{ response: { status: 0 } }, "no-response"],
    [{ response: { status: -999 } }, "no-response"],
    [{ response: { status: 600 } }, "no-response"],
    [{ response: { _error: "net::ERR_FAILED", status: 404 } }, "no-response"],
    [{ response: { _error: null } }, undefined],
    [{ entry: { response: undefined } }, "no-response"],
    [{ entry: { _error: "x" } }, "no-response"],
    [{ entry: { _fromCache: "disk" } }, "from-cache"],
    [{ response: { _fetchedViaServiceWorker: true } }, "from-cache"],
    [{ response: { _fetchedViaServiceWorker: false } }, undefined],
    [{ entry: { cache: { beforeRequest: null } } }, undefined],
    [{ entry: { cache: { beforeRequest: { hitCount: 1, eTag: "a" } } } }, "from-cache"],
    [{ response: { status: 304 } }, "from-cache"],
    [{ response: { status: 304 }, request: { headers: etag } }, undefined],
    [{ request: { method: "OPTIONS", headers: [{ name: "Access-Control-Request-Method", value: "POST" }] } }, "preflight"],
    [{ request: { method: "OPTIONS" } }, undefined],
    [{ entry: { _resourceType: "preflight" } }, "preflight"],
    [{ entry: { _wasFulfilled: true } }, "mock"],
    [{ request: { url: "data:text/plain,x" } }, "not-http"],
    [{ request: { url: "wss://api.example.com/" } }, "not-http"],
    [{ request: { url: "chrome-extension://abc/x.js" } }, "not-http"],
    [{ response: { status: 101 } }, "not-http"],
    [{ response: { status: "404" } }, undefined],
  ] as const)("%j: %s", async (change, why) => {
    expect(await look(change as unknown as Change, (x) => x.notJudged ?? null)).toBe(why ?? null);
  });
});

test.each([
  [4044, "oddStatus"],
  [404.5, "oddStatus"],
  ["404x", "oddStatus"],
  ["", "oddStatus"],
  [true, "oddStatus"],
  [4e9, "oddStatus"],
  [42, "oddStatus"],
  [{}, "oddStatus"],
  [[404], "oddStatus"],
  [0, undefined],
  [-1, undefined],
  ["-999", undefined],
  [null, undefined],
  [undefined, undefined],
  [999, undefined],
] as const)("a status of %j is no response, and told where it is none at all", async (status, odd) => {
  for (const escaped of [false, true]) {
    const text = harOf(entryOf(), entryOf({ response: { status: status as unknown } }), entryOf());
    const { seen, faults } = await readText(escaped ? text.replaceAll('"time"', '"tim\\u0065"') : text, (x) => x.notJudged);
    expect(seen).toEqual([undefined, "no-response", undefined]);
    const told = { severity: "error", entry: 1, message: "1 entry with a status that is none, the first being this: not judged" };
    expect(faults).toMatchObject(odd === undefined ? [] : [told]);
  }
});

test.each(["x", [], 7, true])("a response of %j is told; null is a response that is missing", async (response) => {
  for (const [change, severity, message] of [
    [response, "error", "1 entry with a response that is no object, the first being this: not judged"],
    [null, "note", "1 entry without a response, the first being this: counted, not judged"],
  ] as const) {
    const { seen, faults } = await readText(harOf(entryOf(), entryOf({ entry: { response: change } })), (x) => x.notJudged);
    expect(seen).toEqual([undefined, "no-response"]);
    expect(faults).toMatchObject([{ severity, entry: 1, message }]);
  }
});

test("method, URL and status are normalised", async () => {
  const request = { method: "post", url: "HTTPS://User@API.Example.com:443/a%2fb?x=1#y" };
  expect(
    await look({ request, response: { status: "404" } }, (x) => [
      x.request.method,
      x.request.server,
      x.request.path,
      x.request.query,
      x.response.status,
    ]),
  ).toEqual(["POST", "https://api.example.com", "/a%2fb", "x=1", 404]);
});

describe("times", () => {
  const at = Date.UTC(2024, 0, 8, 9, 0, 1);
  test.each([
    ["2024-01-08T09:00:01.000Z", at],
    ["2024-01-08T10:00:01.500+01:00", at + 500],
    ["2024-01-08T10:00:01+0100", at],
    ["2024-01-08T08:00:01.1234567-01:00", at + 123.4567],
    ["Mon, 08 Jan 2024 09:00:01 GMT", at],
    ["Fri, 05 Jan 2024 00:00:00 GMT", undefined],
    ["2024-01-08T09:00:01", undefined],
    ["2024-02-31T09:00:01Z", undefined],
    ["NaN-NaN-NaNTNaN:NaN:NaN.NaN+NaN:NaN", undefined],
    ["", undefined],
    [null, undefined],
    [1704704401000, undefined],
  ])("%j", async (startedDateTime, time) => {
    expect(await look({ entry: { startedDateTime, time: 2 } }, (x) => [x.startedAt, x.endedAt])).toEqual([
      time,
      time === undefined ? undefined : time + 2,
    ]);
  });

  test.each([[-1], [null], ["2"], [undefined]])("a duration of %j gives no end", async (time) => {
    expect(await look({ entry: { time } }, (x) => x.endedAt)).toBeUndefined();
  });
});

describe("accounts", () => {
  const ids = async (keeper: AccountKeeper, ...requests: object[]) =>
    (await readText(harOf(...requests.map((request) => entryOf({ request }))), (x) => x.account?.id, { keeper })).seen;
  const bearer = (token: string) => ({ headers: [{ name: "authorization", value: `Bearer ${token}` }] });

  test("are equal where the credential is, unknown without one, and never show it", async () => {
    const [a, b, c, none] = await ids(new AccountKeeper(), bearer("aaaa"), bearer("aaaa"), bearer("bbbb"), {});
    expect(a).toBe(b);
    expect(a).not.toBe(c);
    expect(none).toBeUndefined();
    expect(a).not.toContain("aaaa");
    expect(await ids(new AccountKeeper(), bearer("aaaa"))).not.toEqual([a]);
  });

  test("stay the same where clients take turns, whatever a credential holds", async () => {
    const turns = ["aaaa", "bbbb", "a".repeat(3_000), "<account:x>\0a", "<account:x>\0b", "<account:x>"];
    for (const credentials of [undefined, [{ header: "authorization" }, { cookie: "sid" }]]) {
      const seen = await ids(new AccountKeeper(credentials), ...[...turns, ...turns].map(bearer));
      expect(seen.slice(0, turns.length)).toEqual(seen.slice(turns.length));
      expect(new Set(seen).size).toBe(turns.length);
    }
  });

  test("cookies and query parameters may be credentials", async () => {
    const keeper = new AccountKeeper([{ cookie: "sid" }, { query: "api_key" }, { header: "X-Key" }]);
    const [cookie, listed, query, header, other] = await ids(
      keeper,
      { headers: [{ name: "Cookie", value: "a=1; sid=s1" }] },
      { cookies: [{ name: "sid", value: "s1" }] },
      { url: "https://api.example.com/?api_key=k%31" },
      { headers: [{ name: "x-key", value: "h" }] },
      bearer("aaaa"),
    );
    expect(cookie).toBeDefined();
    expect(listed).toBe(cookie);
    expect(new Set([cookie, query, header]).size).toBe(3);
    expect(other).toBeUndefined();
  });
});

describe("what an entry says of itself", () => {
  const probeOf = (_probe: unknown) => look({ entry: { _probe } }, (x) => x.probe);

  test("_probe marks a request that was sent to see what the server does", async () => {
    expect(await probeOf({ probe: "launch-without-key", live: true })).toEqual({ id: "launch-without-key", live: true });
    const full = { level: 0, aims: ["gone"], target: { resource: "course", is: "foreign" }, group: "GET, plain", pair: 3 };
    expect(await probeOf({ probe: "mask/read", live: true, ...full })).toEqual({ id: "mask/read", live: true, ...full });
    const odd = { level: "2", aims: "gone", target: { resource: "course", is: "lost" }, group: 1, pair: null };
    expect(await probeOf({ probe: "mask/read", live: true, ...odd })).toEqual({ id: "mask/read", live: true });
    expect(await probeOf({ probe: 7 })).toEqual({ id: "", live: false });
    expect(await probeOf("yes")).toEqual({ id: "", live: false });
    expect(await probeOf(null)).toBeUndefined();
    expect(await probeOf(undefined)).toBeUndefined();
  });

  test("_scenario names the scenario, else the comment does", async () => {
    const labelOf = (change: object) => look({ entry: change }, (x) => x.label);
    expect(await labelOf({ _scenario: "launch", comment: "404" })).toBe("launch");
    expect(await labelOf({ comment: "404" })).toBe("404");
    expect(await labelOf({})).toBe("");
  });

  test("_error says why there was no response, of the entry or of its response", async () => {
    const failureOf = (change: object) => look(change, (x) => x.failure);
    expect(await failureOf({ entry: { _error: "net::ERR_FAILED" } })).toBe("net::ERR_FAILED");
    expect(await failureOf({ entry: { _error: "" }, response: { _error: "net::ERR_ABORTED" } })).toBe("net::ERR_ABORTED");
    expect(await failureOf({ entry: { _error: null } })).toBe("");
    expect(await failureOf({})).toBe("");
  });
});

test("entries that stand in another order than they happened are told once", async () => {
  const at = (second: number, time: number) =>
    entryOf({ entry: { startedDateTime: new Date(Date.UTC(2026, 0, 5, 12, 0, second)).toISOString(), time } });
  const disorder = async (...entries: unknown[]) =>
    (await readText(harOf(...(entries as string[])), () => 0)).faults.map(({ severity, entry, message }) => ({ severity, entry, message }));
  expect(await disorder(at(30, 100), at(20, 100), at(10, 100))).toEqual([
    {
      severity: "note",
      entry: 1,
      message:
        "2 entries that ended before the entry above began, the first being this: rules about time go by the times, not by the order",
    },
  ]);
  // In the order of their ends, as a proxy writes them; and less than a second apart.
  expect(await disorder(at(11, 100), at(10, 5000))).toEqual([]);
  expect(await disorder(at(11, 100), at(10, 100))).toEqual([]);
});
