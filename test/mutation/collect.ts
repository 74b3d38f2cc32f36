// Stands for vitest where a test file is to be run over and over: it keeps what the file declares instead of running it.
import { expect } from "vitest";

export { expect };

type Run = (...facts: never[]) => unknown;
type Table = readonly unknown[];

export interface Case {
  readonly name: string;
  readonly suite: Suite;
  run(): Promise<void>;
}

interface Suite {
  readonly outer: Suite | undefined;
  readonly begins: (() => unknown)[];
  readonly eachTime: (() => unknown)[];
  readonly eachTimeAfter: (() => unknown)[];
  readonly ends: (() => unknown)[];
  hasBegun: boolean;
}

const begin = (outer?: Suite): Suite => ({ outer, begins: [], eachTime: [], eachTimeAfter: [], ends: [], hasBegun: false });
let suite = begin();
const suites: Suite[] = [];
let collected: Case[] = [];

/** Everything that test files declared since the last call. */
export function takeCases(): Case[] {
  const cases = collected;
  collected = [];
  return cases;
}

/** Takes down what the cases have brought up. */
export async function takeDown(): Promise<void> {
  for (const one of suites.reverse()) if (one.hasBegun) for (const end of one.ends) await end();
}

async function enter(one: Suite): Promise<void> {
  if (one.outer !== undefined) await enter(one.outer);
  if (one.hasBegun) return;
  one.hasBegun = true;
  for (const each of one.begins) await each();
}

function around(one: Suite): { before: (() => unknown)[]; after: (() => unknown)[] } {
  const outer = one.outer === undefined ? { before: [], after: [] } : around(one.outer);
  return { before: [...outer.before, ...one.eachTime], after: [...one.eachTimeAfter, ...outer.after] };
}

function declare(name: string, run: Run, facts: Table): void {
  const own = suite;
  collected.push({
    name,
    suite: own,
    async run() {
      await enter(own);
      const { before, after } = around(own);
      for (const each of before) await each();
      try {
        await run(...(facts as never[]));
      } finally {
        for (const each of after) await each();
      }
    },
  });
}

function open(_name: string, run: Run, facts: Table): void {
  const outer = suite;
  suite = begin(outer);
  suites.push(suite);
  run(...(facts as never[]));
  suite = outer;
}

/** `it(name, run)`, `it(name, options, run)`, and their `each`. */
function declarer(take: (name: string, run: Run, facts: Table) => void) {
  const plain = (name: string, ...rest: unknown[]) => take(name, rest.find((part) => typeof part === "function") as Run, []);
  const each =
    (table: Table) =>
    (name: string, ...rest: unknown[]) => {
      const run = rest.find((part) => typeof part === "function") as Run;
      for (const row of table) take(name, run, Array.isArray(row) ? row : [row]);
    };
  const skip = () => {};
  return Object.assign(plain, {
    each,
    skip,
    skipIf: (isSkipped: boolean) => (isSkipped ? skip : plain),
    runIf: (isRun: boolean) => (isRun ? plain : skip),
  });
}

export const it = declarer(declare);
export const test = it;
export const describe = declarer(open);
export const beforeAll = (run: () => unknown) => suite.begins.push(run);
export const afterAll = (run: () => unknown) => suite.ends.push(run);
export const beforeEach = (run: () => unknown) => suite.eachTime.push(run);
export const afterEach = (run: () => unknown) => suite.eachTimeAfter.push(run);
