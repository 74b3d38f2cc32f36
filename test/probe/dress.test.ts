import { expect, test } from "vitest";
import type { Credential } from "../../src/model/contract.ts";
import type { Ask } from "../../src/probe/ask.ts";
import { dress, type Wardrobe } from "../../src/probe/dress.ts";

const ask = (more: Partial<Ask> = {}): Ask => ({ purpose: "", level: 0, method: "GET", path: "/x", as: { account: "alice" }, ...more });

function wardrobe(declared: readonly Credential[], values: readonly string[], more: Partial<Wardrobe> = {}): Wardrobe {
  return {
    target: "http://api.example/v1",
    declared,
    credentials: new Map([["alice", values]]),
    headers: [],
    userAgent: "envelint/test",
    announce: false,
    ...more,
  };
}

const fieldsOf = (given: Ask, with_: Wardrobe) => Object.fromEntries(dress("a/b", given, with_).headers);

test("a credential stands where the contract declares it", () => {
  expect(fieldsOf(ask(), wardrobe([{ header: "X-Key" }], ["k"]))).toMatchObject({ "X-Key": "k" });
  expect(fieldsOf(ask(), wardrobe([{ cookie: "session" }], ["s"], { headers: [["Cookie", "lang=en"]] }))).toMatchObject({
    Cookie: "lang=en; session=s",
  });
  expect(dress("a/b", ask(), wardrobe([{ query: "api key" }], ["a&b"])).url).toBe("http://api.example/v1/x?api%20key=a%26b");
  expect(dress("a/b", ask({ path: "/x?y=1" }), wardrobe([{ query: "key" }], ["k"])).url).toBe("http://api.example/v1/x?y=1&key=k");
  expect(fieldsOf(ask(), wardrobe([{ header: "X-Id" }, { header: "X-Key" }], ["i", "k"]))).toMatchObject({ "X-Id": "i", "X-Key": "k" });
});

test("nobody has none, and a made-up one stands in the first place alone", () => {
  const two = wardrobe([{ header: "X-Id" }, { header: "X-Key" }], ["i", "k"]);
  expect(Object.keys(fieldsOf(ask({ as: "anonymous" }), two))).toEqual(["User-Agent", "Accept"]);
  expect(fieldsOf(ask({ as: { madeUp: "m" } }), two)).toEqual({ "User-Agent": "envelint/test", Accept: "application/json", "X-Id": "m" });
});

test("what the ask names wins over the plan, and the plan over what is usual", () => {
  const planned = wardrobe([], [], {
    headers: [
      ["accept", "text/plain"],
      ["X-Version", "1"],
    ],
  });
  expect(fieldsOf(ask(), planned)).toMatchObject({ accept: "text/plain", "X-Version": "1" });
  expect(fieldsOf(ask({ headers: [["Accept", "text/html"]] }), planned)).toMatchObject({ Accept: "text/html", "X-Version": "1" });
});

test("a body brings its media type, or none where it has none; texts go as UTF-8", () => {
  const sent = dress("a/b", ask({ body: { content: "ü", mediaType: "text/plain" } }), wardrobe([], []));
  expect([Object.fromEntries(sent.headers)["Content-Type"], Buffer.from(sent.body ?? []).toString("hex")]).toEqual(["text/plain", "c3bc"]);
  expect(fieldsOf(ask({ body: { content: "x", mediaType: undefined } }), wardrobe([], []))).not.toHaveProperty("Content-Type");
});

test("the probe is named where the user wants it", () => {
  expect(fieldsOf(ask(), wardrobe([], []))).not.toHaveProperty("X-Envelint-Probe");
  expect(fieldsOf(ask(), wardrobe([], [], { announce: true }))).toMatchObject({ "X-Envelint-Probe": "a/b" });
});
