import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { expect, test } from "vitest";
import { rules } from "../../rules/index.ts";
import { checkRulePage, isAsWritten } from "../../src/check-rule.ts";
import { loadContract } from "../../src/contract/load.ts";
import { readPage } from "../kit/page.ts";
import { takeCases, takeDown } from "./collect.ts";
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

interface Labelled {
  /** The rule whose page it stands in, or its file. */
  readonly label: string;
  readonly run: () => Promise<void>;
}

interface Timed extends Labelled {
  readonly ms: number;
}

/** Whose tests are likely to notice a mutant of what several rules share. */
const families: Readonly<Record<string, string>> = {
  attempts: "client|attempts",
  changes: "stability",
  idempotency: "idempotency|provisions",
  disclosure: "disclosure|texts",
  keys: "idempotency|client|provisions",
  masking: "masking|provisions",
  waits: "rate-limit",
};

test("mutants are noticed", { timeout: 3_600_000 }, async () => {
  const cases = await pageCases();
  for (const [label, load] of Object.entries(files)) {
    await load();
    cases.push(...takeCases().map((one) => ({ label, run: () => one.run() })));
  }

  const asking = new Map<string, Timed[]>();
  let useless = 0;
  for (const { label, run } of cases) {
    mutation.hits.clear();
    const started = performance.now();
    // A test that fails as it is tells nothing of mutants.
    if (!(await passes(run))) {
      useless++;
      continue;
    }
    const timed = { label, run, ms: performance.now() - started };
    for (const id of mutation.hits) if (isChosen(id)) asking.set(id, [...(asking.get(id) ?? []), timed]);
  }

  process.stderr.write(`${cases.length} tests, ${useless} of them failing; ${2 * asking.size} mutants\n`);
  const survivors: { id: string; value: boolean }[] = [];
  let tried = 0;
  for (const [id, own] of asking) {
    const folder = id.split("/").at(-2) ?? "";
    const family = new RegExp(families[folder] ?? folder);
    own.sort((a, b) => Number(family.test(b.label)) - Number(family.test(a.label)) || a.ms - b.ms);
    for (const value of [true, false]) {
      if (++tried % 200 === 0) process.stderr.write(`${tried} tried, ${survivors.length} survive\n`);
      Object.assign(mutation, { active: id, value });
      if (!(await isNoticed(own))) survivors.push({ id, value });
      Object.assign(mutation, { active: "", asked: 0 });
    }
  }
  await takeDown();
  mkdirSync(".cache", { recursive: true });
  writeFileSync(
    process.env.ENVELINT_MUTATE_OUTCOME ?? ".cache/mutation.json",
    JSON.stringify({ cases: cases.length, useless, tried, survivors }),
  );
  expect(tried).toBeGreaterThan(0);
});

/** Milliseconds of tests that a mutant is tried on, those of its family first: what no such test notices is worth a test of its own. */
const budget = 2_000;

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
async function pageCases(): Promise<Labelled[]> {
  const builtin = await loadContract();
  return rules.flatMap((rule) => {
    const page = readPage(readFileSync(new URL(`../../rules/${rule.id}.md`, import.meta.url), "utf8"));
    return page.examples.map((example) => ({
      label: rule.id,
      async run() {
        const [outcome] = await checkRulePage(rule, { ...page, examples: [example] }, builtin);
        if (outcome === undefined || !isAsWritten(outcome)) throw new Error("not as written");
      },
    }));
  });
}
