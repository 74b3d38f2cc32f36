import { expect, it } from "vitest";
import { differingMember, digestBody } from "../../src/traffic/body-digest.ts";
import { makeBody } from "../kit/exchange.ts";

const differs = (a: Parameters<typeof makeBody>[0], b: Parameters<typeof makeBody>[0]) =>
  differingMember(digestBody(makeBody(a)) ?? new Map(), digestBody(makeBody(b)) ?? new Map());

it("compares bodies member by member, without what holds the moment or the request", () => {
  expect(
    differs(
      { id: 1, requestId: "a", "created-at": 1, meta: { traceId: 1 } },
      { id: 1, requestId: "b", "created-at": 2, meta: { traceId: 2 } },
    ),
  ).toBeUndefined();
  expect(differs({ id: 1, data: { state: "a" } }, { data: { state: "b" }, id: 1 })).toBe("data");
  expect(differs({ id: 1 }, { id: 1, candidate: 2 })).toBe("candidate");
  expect(differs({ format: "a" }, { format: "b" })).toBe("format");
  expect(differs("plain", "other")).toBe("");
  expect(differs([1], [1])).toBeUndefined();
  expect(differs(null, { id: 1 })).toBe("id");
});

it("knows nothing of a body that was not captured whole", () => {
  expect(digestBody(makeBody(null, "not-captured"))).toBeUndefined();
  expect(digestBody(makeBody("{", "truncated"))).toBeUndefined();
  expect(digestBody(makeBody({ serial: 1, id: 2 }), new Set(["serial"]))?.size).toBe(1);
});
