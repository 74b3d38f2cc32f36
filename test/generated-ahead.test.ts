import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { makeAhead } from "../scripts/generate-ahead.mjs";
import { builtinSource, builtinTree, parseText } from "../src/contract/extend.ts";
import { makeFaultList } from "../src/yaml-source/fault-list.ts";
import { builtinNames } from "../src/yaml-source/package-root.ts";

test("what is made ahead is that of the schemas and the contracts that ship (npm run generate)", async () => {
  for (const [file, text] of Object.entries(await makeAhead())) expect(readFileSync(file, "utf8") === text, file).toBe(true);
});

describe("a contract that ships", () => {
  test.each(builtinNames())("%s is as its file says, line by line", (name) => {
    const source = builtinSource(name);
    if (source === undefined) throw new Error("it is not among those made ahead");
    expect(builtinTree(source)).toEqual(parseText(readFileSync(source.path, "utf8"), source, makeFaultList()));
  });
});
