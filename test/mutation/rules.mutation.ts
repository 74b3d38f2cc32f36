import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import { checkRulePage, isAsWritten } from "../../src/check-rule.ts";
import { loadContract } from "../../src/contract/load.ts";
import { readPage } from "../kit/page.ts";
import { type Case, takeCases, takeDown } from "./collect.ts";
import { openSwitchboard } from "./switchboard.ts";

const mutation = openSwitchboard();
const chosen = (process.env.ENVELINT_MUTATE ?? "").split(",").filter((path) => path !== "");
const isChosen = (id: string) => chosen.length === 0 || chosen.some((path) => id.startsWith(path) || id.startsWith(`rules/${path}`));

/** The tests that judge rules, beside the examples of their pages. */
const files = (import.meta as unknown as { glob(patterns: string[]): Record<string, () => Promise<unknown>> }).glob([
  "../rules/*.test.ts",
  "../traffic/*.test.ts",
  "../kit-audit.test.ts",
  "../diff.test.ts",
  "../client-catalogue.test.ts",
  "../examples-audit.test.ts",
]);

interface Timed {
  readonly run: () => Promise<void>;
  readonly ms: number;
}

test("mutants are noticed", { timeout: 3_600_000 }, async () => {
  const cases: Pick<Case, "run">[] = [...(await pageCases())];
  for (const load of Object.values(files)) await load();
  cases.push(...takeCases());

  const asking = new Map<string, Timed[]>();
  let useless = 0;
  for (const { run } of cases) {
    mutation.hits.clear();
    const started = performance.now();
    // A test that fails as it is tells nothing of mutants.
    if (!(await passes(run))) {
      useless++;
      continue;
    }
    const timed = { run, ms: performance.now() - started };
    for (const id of mutation.hits) if (isChosen(id)) asking.set(id, [...(asking.get(id) ?? []), timed]);
  }

  process.stderr.write(`${cases.length} tests, ${useless} of them failing; ${2 * asking.size} mutants\n`);
  const survivors: { id: string; value: boolean }[] = [];
  let tried = 0;
  for (const [id, own] of asking) {
    own.sort((a, b) => a.ms - b.ms);
    for (const value of [true, false]) {
      if (++tried % 200 === 0) process.stderr.write(`${tried} tried, ${survivors.length} survive\n`);
      Object.assign(mutation, { active: id, value });
      if (!(await isNoticed(own))) survivors.push({ id, value });
      Object.assign(mutation, { active: "", asked: 0 });
    }
  }
  await takeDown();
  mkdirSync(".cache", { recursive: true });
  writeFileSync(".cache/mutation.json", JSON.stringify({ cases: cases.length, useless, tried, survivors }));
  expect(tried).toBeGreaterThan(0);
});

/** Milliseconds of tests that a mutant is tried on, the quickest first: what no such test notices is worth a test of its own. */
const budget = 1_500;

async function isNoticed(own: readonly Timed[]): Promise<boolean> {
  let spent = 0;
  for (const { run, ms } of own) {
    spent += ms;
    if (spent > budget) break;
    if (!(await passes(run))) return true;
  }
  return false;
}

async function passes(run: () => Promise<void>): Promise<boolean> {
  mutation.asked = 0;
  try {
    await run();
    return true;
  } catch {
    return false;
  }
}

/** Each example of each page, as a test of its own. */
async function pageCases(): Promise<Pick<Case, "run">[]> {
  const builtin = await loadContract();
  return rules.flatMap((rule) => {
    const page = readPage(readFileSync(new URL(`../../rules/${rule.id}.md`, import.meta.url), "utf8"));
    return page.examples.map((example) => ({
      async run() {
        const [outcome] = await checkRulePage(rule, { ...page, examples: [example] }, builtin);
        if (outcome === undefined || !isAsWritten(outcome)) throw new Error("not as written");
      },
    }));
  });
}
