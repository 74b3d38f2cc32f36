import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { repeatedMembers } from "../../src/syntax/json-members.ts";

describe("repeatedMembers", () => {
  it("names the object and the member", () => {
    expect(repeatedMembers('{"a":[{"b":1},{"b":1,"c":{"d":0},"b":2}],"a/~":{"x":0,"x":[]}}')).toEqual([
      { object: "/a/1", name: "b" },
      { object: "/a~1~0", name: "x" },
    ]);
  });

  it("reads escapes, and tells a member once however often it stands", () => {
    expect(repeatedMembers('{"\\u0061":1,"a":2,"a":3,"\\"":4}')).toEqual([{ object: "", name: "a" }]);
  });

  it("is not misled by values, empty objects or names of other objects", () => {
    expect(repeatedMembers('{"a":"a","b":{"a":"\\"a\\":"},"c":[{},[],"a",{"a":{}}],"d":null}')).toEqual([]);
  });

  it("stops at its limit", () => {
    const text = `[${Array.from({ length: 50 }, () => '{"a":1,"a":1}').join()}]`;
    expect(repeatedMembers(text, 3)).toHaveLength(3);
  });

  it("goes to any depth without recursion", () => {
    const depth = 200_000;
    expect(repeatedMembers(`${"[".repeat(depth)}{"a":1,"a":2}${"]".repeat(depth)}`)).toHaveLength(1);
  });

  it("finds nothing in what JSON.stringify wrote", () => {
    fc.assert(
      fc.property(fc.json(), (text) => {
        expect(repeatedMembers(JSON.stringify(JSON.parse(text)))).toEqual([]);
      }),
    );
  });
});
