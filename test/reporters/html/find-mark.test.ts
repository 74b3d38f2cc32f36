import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Place } from "../../../src/model/place.ts";
import type { ShownExchange } from "../../../src/model/shown-exchange.ts";
import { findMark } from "../../../src/reporters/html/find-mark.ts";
import { showExchange } from "../../../src/reporters/html/show-exchange.ts";
import { exchangeOf } from "../sample-report.ts";

/** The text that is marked in a body. */
function markedIn(exchange: ShownExchange, place: Place): string | null {
  const { data, layouts } = showExchange(exchange);
  const mark = findMark(exchange, place, layouts);
  const message = mark?.side === "request" ? data.request : data.response;
  return mark?.part === "body" ? (message?.body.text.slice(mark.start, mark.end) ?? null) : null;
}

function withBody(text: string, cut = 0): ShownExchange {
  const plain = exchangeOf();
  return { ...plain, response: plain.response && { ...plain.response, body: { state: "present", text, cut, mediaType: null } } };
}

describe("a place in a message", () => {
  const { layouts } = showExchange(exchangeOf());
  test("the start line's parts", () => {
    expect(findMark(exchangeOf(), { kind: "status" }, layouts)).toEqual({ part: "line", side: "response", index: 0 });
    expect(findMark(exchangeOf(), { kind: "method" }, layouts)).toEqual({ part: "line", side: "request", index: 0 });
    expect(findMark(exchangeOf(), { kind: "url" }, layouts)).toEqual({ part: "line", side: "request", index: 1 });
    expect(findMark(exchangeOf(), { kind: "exchange" }, layouts)).toBe(null);
  });

  test("fields in any case, all that there are; the one that is not there", () => {
    const plain = exchangeOf();
    const twice = {
      ...plain,
      request: {
        ...plain.request,
        headers: [
          ["ETAG", "a"],
          ["x", "y"],
          ["etag", "b"],
        ] as [string, string][],
      },
    };
    expect(findMark(twice, { kind: "header", name: "ETag", of: "request" }, layouts)).toEqual({
      part: "fields",
      side: "request",
      indices: [0, 2],
    });
    expect(findMark(twice, { kind: "header", name: "ETag" }, layouts)).toEqual({ part: "absent", side: "response", name: "ETag" });
  });

  test("a value in a body that was set out in lines; the object that lacks a member", () => {
    expect(markedIn(exchangeOf(), { kind: "body", pointer: "/detail/error/code" })).toBe("null");
    expect(markedIn(exchangeOf(), { kind: "body", pointer: "/detail/error/docs" })).toMatch(/^\{\n {6}"type"[\s\S]*\}$/);
    expect(markedIn(exchangeOf(), { kind: "body", pointer: "/preset", of: "request" })).toBe('"p_1"');
    expect(markedIn(withBody("<html>"), { kind: "body", pointer: "" })).toBe("<html>");
  });

  test("nothing where the body is no JSON, breaks off, or is cut before the place", () => {
    expect(markedIn(withBody("<html>"), { kind: "body", pointer: "/a" })).toBe(null);
    expect(markedIn(withBody('{"a":1}', 5), { kind: "body", pointer: "/a" })).toBe(null);
    expect(markedIn(withBody(`{"a":"${"x".repeat(20_000)}","b":1}`), { kind: "body", pointer: "/b" })).toBe(null);
  });

  test("what is made visible before and in the place moves it along", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), fc.string({ unit: "binary", maxLength: 30 }), (before, value) => {
        const text = `{${JSON.stringify(before)}:[\u202e"",1],"a":${JSON.stringify(value).replaceAll("x", "\u200b")}}`.replace(
          "\u202e",
          "",
        );
        fc.pre(before !== "a");
        const marked = markedIn(withBody(text), { kind: "body", pointer: "/a" });
        expect(marked?.startsWith('"') && marked.endsWith('"')).toBe(true);
      }),
    );
    expect(markedIn(withBody('{"\u202e\u202e":"\u200b","a":"\u2066b"}'), { kind: "body", pointer: "/a" })).toBe('"\\u2066b"');
  });
});

test("the wait of an answer counts from when it came", () => {
  const plain = exchangeOf();
  const waits = (headers: [string, string][]) =>
    showExchange({ ...plain, response: plain.response && { ...plain.response, headers } }).data.wait;
  expect(waits([["Retry-After", "30"]])).toEqual({ text: "30", until: (plain.endedAt ?? 0) + 30_000 });
  expect(
    waits([
      ["retry-after", "Thu, 05 Nov 2026 12:01:00 GMT"],
      ["date", "Thu, 05 Nov 2026 12:00:20 GMT"],
    ]),
  ).toEqual({
    text: "Thu, 05 Nov 2026 12:01:00 GMT",
    until: (plain.endedAt ?? 0) + 40_000,
  });
  expect(waits([["Retry-After", "soon"]])).toEqual({ text: "soon", until: null });
  expect(waits([])).toBe(null);
});
