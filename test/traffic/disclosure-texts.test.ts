import { describe, expect, it } from "vitest";
import { lookedAt, textsOf } from "../../src/traffic/disclosure/body-texts.ts";
import { makeBody } from "../kit/exchange.ts";

describe("textsOf", () => {
  it("gives the strings of JSON in their order, each at its place", () => {
    expect(textsOf(makeBody({ a: "1", "b/c": [{ d: "2" }, 3, null, "4"], e: true, f: "5" }))).toEqual([
      { text: "1", pointer: "/a" },
      { text: "2", pointer: "/b~1c/0/d" },
      { text: "4", pointer: "/b~1c/3" },
      { text: "5", pointer: "/f" },
    ]);
    expect(textsOf(makeBody('"x"'))).toEqual([{ text: "x", pointer: "" }]);
  });

  it("gives any other body whole, and a page as it reads", () => {
    expect(textsOf(makeBody("a < b"))).toEqual([{ text: "a < b", pointer: "" }]);
    expect(textsOf(makeBody(" <p>a &lt; b</p>"))).toEqual([{ text: " \na < b\n", pointer: "" }]);
    expect(textsOf(makeBody(null))).toEqual([]);
    expect(textsOf(makeBody("x", "not-captured"))).toEqual([]);
  });

  it("looks at the beginning of what is long", () => {
    const long = "x".repeat(lookedAt - 10);
    expect(textsOf(makeBody([long, "y".repeat(20), "z"])).map(({ text }) => text.length)).toEqual([lookedAt - 10, 10]);
    expect(textsOf(makeBody("x".repeat(lookedAt + 1)))[0]?.text.length).toBe(lookedAt);
    expect(textsOf(makeBody(Array.from({ length: 10_000 }, () => "x"))).length).toBeLessThanOrEqual(5_000);
    const wide = Object.fromEntries(Array.from({ length: 10_000 }, (_, n) => [`m${n}`, "x"]));
    expect(textsOf(makeBody(wide)).at(-1)?.pointer).toMatch(/^\/m49\d\d$/);
  });

  it("goes as deep as a body does", () => {
    const body = makeBody(`${"[".repeat(3_000)}"x"${"]".repeat(3_000)}`);
    expect(textsOf(body).map(({ text }) => text)).toEqual(["x"]);
  });
});
