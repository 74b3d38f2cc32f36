import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitUrl } from "../../src/syntax/url.ts";

describe("splitUrl", () => {
  it("agrees with the URL class on web URLs", () => {
    fc.assert(
      fc.property(fc.webUrl({ withQueryParameters: true, withFragments: true }), (url) => {
        const parsed = new URL(url);
        const split = splitUrl(url);
        expect(split?.server).toBe(parsed.origin);
        expect(split?.path.length).toBeGreaterThan(0);
        expect(`?${split?.query}`).toBe(parsed.search === "" ? "?" : parsed.search.startsWith("?") ? `?${split?.query}` : "");
      }),
    );
  });

  it.each([
    ["HTTPS://API.Example.com:443/a?b=1#c", { scheme: "https", server: "https://api.example.com", path: "/a", query: "b=1" }],
    ["http://user:pass@h:8080", { scheme: "http", server: "http://h:8080", path: "/", query: "" }],
    ["https://h?x#y?z", { scheme: "https", server: "https://h", path: "/", query: "x" }],
    ["data:text/plain,hello", { scheme: "data", server: "data:", path: "/", query: "" }],
  ])("%s", (url, parts) => {
    expect(splitUrl(url)).toEqual(parts);
  });

  it.each(["", "/v1/x", "not a url", ":", "1http://x"])("%j is not absolute", (url) => {
    expect(splitUrl(url)).toBeUndefined();
  });
});
