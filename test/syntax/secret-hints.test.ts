import { describe, expect, it } from "vitest";
import { masked, maskSecrets } from "../../src/engine/mask.ts";
import { mayHoldSecret, secretShapes } from "../../src/syntax/secret-shapes.ts";

/** Before, behind and around which a shape is looked for. */
const surroundings = ["%", "a %", "?a=1&%", '{"a":"%"}', "x\n%\ny"];

describe("the hint of a shape", () => {
  it.each(secretShapes)("$id: stands in whatever the shape takes", ({ hint, wide, whole, example }) => {
    const own = new RegExp(hint, "i");
    const texts = [example.join(""), ...secretShapes.flatMap((shape) => [shape.example.join(""), ...shape.unlike])];
    const taking = texts
      .flatMap((text) => surroundings.map((around) => around.replace("%", () => text)))
      .filter((text) => text.search(wide) >= 0 || whole?.test(text));
    expect(taking).not.toHaveLength(0);
    for (const text of taking) expect(own.test(text), text).toBe(true);
  });

  it("is looked for in any case, and in no text that says nothing of secrets", () => {
    expect(mayHoldSecret("PASSWORD: HUNTER2X")).toBe(true);
    expect(["GET", "/v1/courses/crs_1", "Not Found", "There is no such course."].filter(mayHoldSecret)).toEqual([]);
  });

  it("hides nothing from the mask that was cut: the end of a private key", () => {
    expect(maskSecrets("x MIIE\n-----END PRIVATE KEY-----", [])).toBe(`x ${masked}`.replace("x ", ""));
  });
});
