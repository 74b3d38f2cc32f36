import { describe, expect, it } from "vitest";
import { BoundedMemory } from "../../src/engine/memory.ts";
import type { Memory } from "../../src/model/rule.ts";
import { keepable, shortened } from "../../src/traffic/shortened.ts";
import { WeighedMemory, witnessWeight } from "../../src/traffic/weighed-memory.ts";

function remembering() {
  const memories: BoundedMemory<unknown>[] = [];
  const remember = <Value>(limit?: number): Memory<Value> => {
    const memory = new BoundedMemory<Value>(limit);
    memories.push(memory as BoundedMemory<unknown>);
    return memory;
  };
  return { remember, forgotten: () => memories.reduce((sum, memory) => sum + memory.forgotten, 0) };
}

describe("WeighedMemory", () => {
  it("holds 2,000 witnesses in all, whatever keys they are under, and counts the keys it forgets", () => {
    const { remember, forgotten } = remembering();
    const memory = new WeighedMemory<number>({ remember });
    for (let at = 0; at < 10_000; at++) memory.set(`id${at}`, at, 8 * witnessWeight);
    expect([...memory.values()]).toHaveLength(250);
    expect(memory.weight).toBe(10_000);
    expect(forgotten()).toBe(9_750);
    expect([memory.get("id0"), memory.get("id9999")]).toEqual([undefined, 9_999]);
  });

  it("forgets what was set least recently, and weighs a value anew each time it is set", () => {
    const { remember, forgotten } = remembering();
    const memory = new WeighedMemory<string>({ remember });
    memory.set("a", "a", 4_000);
    memory.set("b", "b", 4_000);
    memory.set("a", "a", 6_000);
    expect([memory.weight, forgotten()]).toEqual([10_000, 0]);
    memory.set("c", "c", 1);
    expect([[...memory.values()], memory.weight, forgotten()]).toEqual([["a", "c"], 6_001, 1]);
  });
});

describe("what is kept of a captured text", () => {
  it("is the text itself, or its beginning and a digest", () => {
    for (const keep of [shortened, keepable]) {
      expect(keep("course_1 \ud800")).toBe("course_1 \ud800");
      const [one, other] = [keep(`${"x".repeat(800_000)}1`), keep(`${"x".repeat(800_000)}2`)];
      expect(one).toMatch(/^x{64}…[\w-]{43}$/);
      expect(one).not.toBe(other);
    }
  });
});
