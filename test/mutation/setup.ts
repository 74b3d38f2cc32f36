import { mkdirSync, writeFileSync } from "node:fs";
import { basename } from "node:path";
import { afterAll, expect } from "vitest";
import { openSwitchboard } from "./switchboard.ts";

// Of a test that is run to see which mutants it notices: what it asked is written down.
const mutation = openSwitchboard(".cache/mutation/active.json");
afterAll(() => {
  mkdirSync(".cache/mutation/hits", { recursive: true });
  const { testPath = "" } = expect.getState();
  if (mutation.active === "")
    writeFileSync(`.cache/mutation/hits/${basename(testPath)}.json`, JSON.stringify({ testPath, hits: [...mutation.hits] }));
});
