import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { makeScannerBinary } from "../../scripts/build-scanner.mjs";

test("the binary is what its source compiles to (npm run generate)", async () => {
  expect(await readFile(new URL("../../src/scanner/simd-binary.ts", import.meta.url), "utf8")).toBe(await makeScannerBinary());
});
