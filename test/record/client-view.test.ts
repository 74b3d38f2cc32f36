import { describe, expect, it } from "vitest";
import { clientLines } from "../../src/record/client-view.ts";
import { parseTarget, pathOf } from "../../src/record/target.ts";

const target = parseTarget("https://api.example.com/base/");

describe("what a client is shown", () => {
  it.each([
    ["https://api.example.com/x?a#b", "http://here:1/x?a#b"],
    ["HTTPS://API.example.com:443", "http://here:1"],
    ["//api.example.com/x", "http://here:1/x"],
    ["http://api.example.com/x", "http://api.example.com/x"],
    ["https://api.example.com.evil.example/x", "https://api.example.com.evil.example/x"],
    ["https://api.example.com:444/x", "https://api.example.com:444/x"],
    ["https://user@api.example.com/x", "https://user@api.example.com/x"],
    ["/x", "/x"],
    ["x", "x"],
    ["https://", "https://"],
  ])("a Location %s is %s", (location, shown) => {
    expect(clientLines([["LOCATION", location]], target, "here:1")).toEqual([["LOCATION", shown]]);
  });

  it.each([
    ["a=1; Domain=.example.com; secure; Path=/", "a=1; Path=/"],
    ["a=Secure; domain=API.example.com", "a=Secure"],
    ["a=1; Domain=xample.com; HttpOnly", "a=1; Domain=xample.com; HttpOnly"],
  ])("a cookie %s is %s", (cookie, shown) => {
    expect(clientLines([["Set-Cookie", cookie]], target, "here:1")).toEqual([["Set-Cookie", shown]]);
  });

  it("a target without TLS keeps Secure as it was", () => {
    expect(clientLines([["Set-Cookie", "a=1; Secure"]], parseTarget("http://a.example"), "here:1")).toEqual([
      ["Set-Cookie", "a=1; Secure"],
    ]);
  });
});

describe("where a request goes", () => {
  it.each([
    ["/a//b?c", "/a//b?c"],
    ["//evil.example/x", "//evil.example/x"],
    ["*", "*"],
    ["https://api.example.com/x", "/x"],
    ["http://api.example.com:443/x", "/x"],
    ["http://API.example.com?a", "/?a"],
    ["http://127.0.0.1:80/x", "/x"],
    ["http://[::1]/x", "/x"],
    ["https://127.0.0.1/x", undefined],
    ["http://127.0.0.1:81/x", undefined],
    ["http://evil.example/x", undefined],
    ["http://api.example.com@evil.example/x", undefined],
    ["http:///x", undefined],
    ["ftp://api.example.com/x", undefined],
    ["evil.example:443", undefined],
    ["x", undefined],
    ["http://api.example.com\\x", undefined],
  ])("%s to %s", (line, path) => {
    expect(pathOf(line, target, 80)).toBe(path);
  });
});
