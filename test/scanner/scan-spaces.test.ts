import { afterEach, expect, test, vi } from "vitest";
import { ScanSpaces } from "../../src/scanner/scan-spaces.ts";
import { buildShape } from "../../src/scanner/shape.ts";
import { SimdSpace } from "../../src/scanner/simd-space.ts";

const shape = buildShape([["a"]]);
const text = Buffer.from('{"b":1,"a":true}');

afterEach(() => {
  vi.unstubAllGlobals();
  vi.unstubAllEnvs();
});

function open(spaces: ScanSpaces, size = 1024) {
  const space = spaces.open(size);
  space.bytes.set(text);
  expect([space.scan(0, text.length), ...space.spans]).toEqual([text.length, 11, 15]);
  return space;
}

test("few are in WebAssembly at a time; the others do the same without, and those given back are used again", () => {
  const spaces = new ScanSpaces(shape);
  const first = Array.from({ length: 12 }, () => open(spaces));
  const fast = first.filter((space) => space instanceof SimdSpace);
  expect(fast.length).toBe(8);
  for (const space of first) spaces.close(space);
  expect(new Set(Array.from({ length: 8 }, () => open(spaces)))).toEqual(new Set(fast));
});

test.each([
  ["there is no WebAssembly", () => vi.stubGlobal("WebAssembly", undefined)],
  ["it cannot be instantiated", () => vi.stubGlobal("WebAssembly", { ...WebAssembly, Instance: refuse })],
  ["the environment says so", () => vi.stubEnv("ENVELINT_SCANNER", "plain")],
])("plain where %s", (_, arrange) => {
  arrange();
  expect(open(new ScanSpaces(shape))).not.toBeInstanceOf(SimdSpace);
});

test("plain where more bytes are asked for than WebAssembly has", () => {
  expect(open(new ScanSpaces(shape), 1 << 23).bytes.length).toBe(1 << 23);
});

function refuse(): never {
  throw new RangeError("WebAssembly.Instance(): Out of memory");
}

declare const WebAssembly: object;
