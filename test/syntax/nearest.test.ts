import { describe, expect, it } from "vitest";
import { nearestName, sameButSpelling } from "../../src/syntax/nearest.ts";

describe("nearestName", () => {
  it.each([
    ["retryAftr", ["retryAfter", "retry"], "retryAfter"],
    ["not-found_error", ["not_found_error", "server_error"], "not_found_error"],
    ["tpye", ["type", "code"], "type"],
    ["NotFoundError", ["not_found_error"], "not_found_error"],
  ])("%s of %j is %s", (name, names, near) => {
    expect(nearestName(name, names)).toBe(near);
  });

  it("names nothing where nothing is near", () => {
    expect(nearestName("masking", ["envelopes", "errors"])).toBeUndefined();
    expect(nearestName("x".repeat(100_000), ["errors"])).toBeUndefined();
  });
});

describe("sameButSpelling", () => {
  it("sees through case and separators only", () => {
    expect(sameButSpelling("not-found_Error", "not_found_error")).toBe(true);
    expect(sameButSpelling("not_found", "not_found")).toBe(false);
    expect(sameButSpelling("not_fond_error", "not_found_error")).toBe(false);
  });
});
