import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { makePageAssets } from "../../../scripts/bundle-page.mjs";
import { script, style } from "../../../src/reporters/html/assets.ts";

test("script and style are those of src/reporters/html/page (npm run generate)", async () => {
  expect(readFileSync(new URL("../../../src/reporters/html/assets.ts", import.meta.url), "utf8")).toBe(await makePageAssets());
});

test("neither can end the element that it stands in", () => {
  expect(script).not.toMatch(/<\/?script|<!--/i);
  expect(style).not.toMatch(/<\/?style|<!--/i);
});

test("the script makes no markup from text, and asks for nothing", () => {
  expect(script).not.toMatch(
    /innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function|fetch\(|XMLHttpRequest|WebSocket|\bimport\(/,
  );
});
