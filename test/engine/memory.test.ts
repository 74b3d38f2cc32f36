import { describe, expect, it } from "vitest";
import { normaliseDetail } from "../../src/engine/fingerprint.ts";
import { BoundedMemory } from "../../src/engine/memory.ts";

describe("BoundedMemory", () => {
  it("forgets the key used least recently, and counts it", () => {
    const memory = new BoundedMemory<number>(2);
    memory.set("a", 1);
    memory.set("b", 2);
    memory.get("a");
    memory.set("c", 3);
    expect([memory.get("a"), memory.get("b"), memory.get("c")]).toEqual([1, undefined, 3]);
    expect(memory.forgotten).toBe(1);
  });
});

describe("normaliseDetail", () => {
  it("takes out what differs from run to run", () => {
    expect(normaliseDetail("retry_after_30")).toBe(normaliseDetail("retry_after_7"));
    expect(normaliseDetail("id 6f1c1f6e-8e0b-4c9e-9c58-0a3a9f6a8c11")).toBe("id #");
    expect(normaliseDetail("x".repeat(10_000_000)).length).toBe(200);
  });
});

describe("normaliseDetail and statuses", () => {
  it("keeps a status that stands free, so that 403 and 418 are two findings", () => {
    expect(normaliseDetail("403")).toBe("403");
    expect(normaliseDetail("status 418, id 77")).toBe("status 418, id #");
    expect(normaliseDetail("retry_after_300")).toBe("retry_after_#");
  });
});
