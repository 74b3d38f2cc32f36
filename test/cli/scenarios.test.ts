import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { isExpected, play, readScenarios } from "./scenario.ts";

// Each page is documentation and test in one; UPDATE_SCENARIOS=1 rewrites what the commands print, to be read before it is kept.
const update = process.env.UPDATE_SCENARIOS === "1";
const pages = new URL("./scenarios/", import.meta.url);
const fixtures = new URL("./fixtures/", import.meta.url);

for (const name of (await readdir(pages)).filter((file) => file.endsWith(".md"))) {
  const page = await readFile(new URL(name, pages), "utf8");
  describe(name, () => {
    let folder = "";
    let rewritten = page;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), "envelint-"));
      await cp(fixtures, folder, { recursive: true });
      for (const odd of ["rules", "--weird.har"]) await cp(new URL("good.har", fixtures), join(folder, odd));
    });
    afterAll(async () => {
      await rm(folder, { recursive: true });
      if (update && rewritten !== page) await writeFile(new URL(name, pages), rewritten);
    });
    for (const { title, steps } of readScenarios(page))
      test(title, async () => {
        for (const { command, expected } of steps) {
          const text = await play(command, folder);
          expect(text).not.toContain(folder);
          if (isExpected(text, expected)) continue;
          if (update) rewritten = rewritten.replace(`$ ${command}\n${expected}`, () => `$ ${command}\n${text}`);
          else expect(text, command).toBe(expected);
        }
      });
  });
}
