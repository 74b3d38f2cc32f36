import type { Attempt, Chain, Step } from "./attempt.ts";

/** Milliseconds after which somebody may have pressed a button. */
export const personPause = 30_000;

/** How much longer than the one before a pause may be that a program makes. */
const growth = 4;

/** Retries that the contract allows, one after the other: of errors that may be retried, and of requests that got no answer. */
export function retryRuns({ steps }: Pick<Chain, "steps">, mayRetry: (from: Attempt) => boolean): Step[][] {
  const runs: Step[][] = [];
  let run: Step[] = [];
  const finish = () => {
    if (run.some(({ from }) => from.outcome === "error")) runs.push(run);
    run = [];
  };
  for (const step of steps) {
    if (step.from.outcome === "error" && !mayRetry(step.from)) {
      finish();
      continue;
    }
    if (isPersons(step, run)) finish();
    else run.push(step);
  }
  finish();
  return runs;
}

/** A pause that nobody asked for and that no growing series of pauses leads to. */
function isPersons({ gap, from }: Step, before: readonly Step[]): boolean {
  if (gap === undefined || gap <= personPause || from.named !== undefined) return false;
  return gap > growth * Math.max(0, ...before.map((step) => step.gap ?? 0));
}

/** Did the client wait as long as Retry-After said? It has a resolution of a second. */
export function waitedOut({ gap, from: { named } }: Step): boolean {
  return gap !== undefined && named !== undefined && gap >= 1000 * named - 1000;
}

/** The pauses of a run in milliseconds, those left out that the server asked for; undefined where one is not known, or none is left. */
export function pausesOf(run: readonly Step[]): number[] | undefined {
  const own = run.filter((step) => !waitedOut(step));
  const pauses = own.flatMap(({ gap }) => gap ?? []);
  return pauses.length < own.length || pauses.length === 0 ? undefined : pauses;
}
