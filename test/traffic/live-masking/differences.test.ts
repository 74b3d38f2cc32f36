import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { liveDifferences } from "../../../src/traffic/live-masking/differences.ts";
import type { Trait, Traits } from "../../../src/traffic/masking/answer-traits.ts";

type Values = Partial<Record<Trait, string>>;
const traits = (values: Values) => new Map(Object.entries(values)) as unknown as Traits;
const of = (count: number, values: (index: number) => Values) => Array.from({ length: count }, (_, index) => traits(values(index)));
const told = (foreign: Traits[], missing: Traits[]) => liveDifferences(foreign, missing).map(({ trait }) => trait);

describe("live differences", () => {
  it("are what is always one thing and always another", () => {
    const [ours, theirs] = [of(8, () => ({ status: "404", message: "a" })), of(8, () => ({ status: "404", message: "b" }))];
    expect(liveDifferences(ours, theirs)).toEqual([{ trait: "message", ours: "a", theirs: "b", isSteady: true }]);
    expect(told(ours, ours)).toEqual([]);
  });

  it("are none in what varies among missing ones", () => {
    const varying = of(8, (index) => ({ "header x-node": `n${index % 3}`, "header x-id": `id-${index}0000000` }));
    expect(
      told(
        of(8, () => ({ "header x-node": "n1", "header x-id": "id-99999999" })),
        varying,
      ),
    ).toEqual([]);
    expect(
      told(
        of(8, () => ({ "header x-node": "n7", "header x-id": "id-99999999" })),
        varying,
      ),
    ).toEqual([]);
  });

  it("are found behind request ids", () => {
    const message = (text: string) => of(8, (index) => ({ message: `${text} (request 8f3a${index}1c0)` }));
    expect(told(message("No such course"), message("Not yours"))).toEqual(["message"]);
    expect(told(message("No such course"), message("No such course"))).toEqual([]);
  });

  it("are a field that one of them does not send, and not a body that was not read", () => {
    expect(
      told(
        of(8, () => ({ "header etag": "1" })),
        of(8, () => ({})),
      ),
    ).toEqual(["header etag"]);
    expect(
      told(
        of(8, () => ({ message: "a" })),
        of(8, () => ({})),
      ),
    ).toEqual([]);
  });

  it("of a few pairs are only in what hardly varies by itself", () => {
    const few = (values: Values) => of(3, () => values);
    expect(told(few({ reason: "a", "header etag": "1" }), few({ reason: "b", "header etag": "2" }))).toEqual([]);
    expect(told(few({ status: "404" }), few({ status: "405" }))).toEqual(["status"]);
  });

  it("of many pairs are also in how often", () => {
    const seldom = (part: number, value: string) =>
      of(100, (index) => ({ "header x-cache": (index * 37) % 100 < part * 10 ? value : "none" }));
    expect(told(seldom(5, "hit"), seldom(0, "hit"))).toEqual(["header x-cache"]);
    expect(told(seldom(8, "hit"), seldom(1, "hit"))).toEqual(["header x-cache"]);
    expect(told(seldom(1, "hit"), seldom(0, "hit"))).toEqual([]);
    const lengths = (from: number) => of(100, (index) => ({ length: String(from + ((index * 7) % 10)) }));
    expect(told(lengths(100), lengths(105))).toEqual(["length"]);
    expect(told(lengths(100), lengths(100))).toEqual([]);
  });

  it("are not in what even missing ones of even and odd number differ in", () => {
    const halves = of(100, (index) => ({ "header x-half": index % 2 === 0 ? "even" : "odd" }));
    const other = of(100, (index) => ({ "header x-half": index % 10 === 0 ? "even" : "odd" }));
    expect(told(other, halves)).toEqual([]);
  });

  it("are as good as never told of answers that are alike", () => {
    fc.assert(
      fc.property(fc.array(fc.nat(3), { minLength: 16, maxLength: 16 }), (draws) => {
        const answers = draws.map((draw) => traits({ "header x-node": `n${draw}`, status: "404" }));
        // All 8 of one kind against all 8 of the other is what chance gives once in 6,435 times; it is not drawn here.
        fc.pre(new Set(draws.slice(0, 8)).size > 1 || new Set(draws.slice(8)).size > 1);
        expect(told(answers.slice(0, 8), answers.slice(8))).toEqual([]);
      }),
    );
  });
});
