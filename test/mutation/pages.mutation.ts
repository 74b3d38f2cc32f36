import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import { checkRulePage, isAsWritten } from "../../src/check-rule.ts";
import { loadContract } from "../../src/contract/load.ts";
import { type Page, readPage } from "../kit/page.ts";
import { openSwitchboard } from "./switchboard.ts";

const mutation = openSwitchboard();

/** Writes which mutants no example of a page notices, for the other tests to try. */
test("the pages' examples notice mutants", { timeout: 1_800_000 }, async () => {
  const builtin = await loadContract();
  // One page an example, so that each can be run by itself.
  const examples = rules.flatMap((rule) => {
    const page = readPage(readFileSync(new URL(`../../rules/${rule.id}.md`, import.meta.url), "utf8"));
    return page.examples.map((example) => ({ rule, page: { ...page, examples: [example] } satisfies Page }));
  });
  const asking = new Map<string, typeof examples>();
  for (const example of examples) {
    mutation.hits.clear();
    const [outcome] = await checkRulePage(example.rule, example.page, builtin);
    if (outcome === undefined || !isAsWritten(outcome)) continue;
    for (const id of mutation.hits) asking.set(id, [...(asking.get(id) ?? []), example]);
  }
  const survivors: { id: string; value: boolean }[] = [];
  let tried = 0;
  const chosen = (process.env.ENVELINT_MUTATE ?? "").split(",").filter((path) => path !== "");
  const isChosen = (id: string) => chosen.length === 0 || chosen.some((path) => id.startsWith(path) || id.startsWith(`rules/${path}`));
  for (const [id, own] of asking) {
    if (!isChosen(id)) continue;
    for (const value of [true, false]) {
      tried++;
      Object.assign(mutation, { active: id, value });
      if (!(await isNoticed(own))) survivors.push({ id, value });
    }
  }
  mutation.active = "";
  mkdirSync(".cache/mutation", { recursive: true });
  writeFileSync(".cache/mutation/pages.json", JSON.stringify({ asked: [...asking.keys()], tried, survivors }));
  expect(tried).toBeGreaterThan(0);

  async function isNoticed(own: typeof examples): Promise<boolean> {
    for (const { rule, page } of own) {
      mutation.asked = 19_000_000;
      const [outcome] = await checkRulePage(rule, page, builtin);
      if (outcome === undefined || !isAsWritten(outcome)) return true;
    }
    return false;
  }
});
