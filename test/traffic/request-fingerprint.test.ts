import { describe, expect, it } from "vitest";
import { requestFingerprint, sortQuery } from "../../src/traffic/request-fingerprint.ts";
import { type ExchangeParts, makeExchange } from "../kit/exchange.ts";

const fingerprint = (parts: ExchangeParts) => requestFingerprint(makeExchange({ method: "POST", ...parts }).request);
const json = { "content-type": "application/json" };

describe("requestFingerprint", () => {
  it("is the same whatever the order of parameters and members, and the spaces of JSON", () => {
    const one = fingerprint({ url: "/v1/courses?b=2&a=1", requestHeaders: json, requestBody: '{"a":1,"b":[1,2]}' });
    const two = fingerprint({ url: "/v1/courses?a=1&b=2", requestHeaders: json, requestBody: '{ "b": [1, 2], "a": 1.0 }' });
    expect(one).toBe(two);
  });

  it.each<[string, ExchangeParts]>([
    ["method", { method: "PUT" }],
    ["path", { url: "/v1/courses/c_2" }],
    ["query", { url: "/v1/courses/c_1?a=1" }],
    ["server", { url: "https://eu.example.com/v1/courses/c_1" }],
    ["body", { requestBody: { a: 2 } }],
    ["order of a list", { requestBody: { a: [2, 1] } }],
    ["no body", { requestBody: null }],
  ])("changes with the %s", (_, parts) => {
    expect(fingerprint({ requestBody: { a: [1, 2] }, ...parts })).not.toBe(fingerprint({ requestBody: { a: [1, 2] } }));
  });

  it("is not known where the body was not captured whole", () => {
    expect(fingerprint({ requestBodyState: "not-captured" })).toBeUndefined();
    expect(fingerprint({ requestBody: "abc", requestBodyState: "truncated" })).toBeUndefined();
    expect(fingerprint({})).toBeDefined();
  });

  it("does not see a multipart boundary", () => {
    const form = (mark: string, quote = "") => ({
      requestHeaders: { "content-type": `multipart/form-data; boundary=${quote}${mark}${quote}` },
      requestBody: `--${mark}\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n--${mark}--\r\n`,
    });
    expect(fingerprint(form("----WebKitFormBoundary7MA4"))).toBe(fingerprint(form("x1", '"')));
  });

  it("takes what calls itself JSON and is not by its text", () => {
    expect(fingerprint({ requestHeaders: json, requestBody: "{a" })).not.toBe(fingerprint({ requestHeaders: json, requestBody: "{b" }));
  });

  it("keeps the order of one parameter's values", () => {
    expect(sortQuery("b=1&a=2&a=1&")).toBe("a=2&a=1&b=1");
  });
});
