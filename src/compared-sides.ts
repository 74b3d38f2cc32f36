import type { CaptureEvent, EventBatches } from "./model/capture.ts";
import { type CaptureOptions, type Captures, openCaptures } from "./sources/captures.ts";
import { ProgressSum } from "./sources/progress.ts";
import { findTargets } from "./sources/targets.ts";

type Side = "before" | "after";
type Accounts = NonNullable<CaptureOptions["accounts"]>;

/** The captures of before and those of after, to be read in this order. */
export interface ComparedSides extends Omit<Captures, "partition"> {
  /** One side has no capture at all; a fault among the events says why. */
  readonly missing: boolean;
  /** Read of each side so far. */
  readonly exchanges: Readonly<Record<Side, number>>;
}

export async function openSides(before: readonly string[], after: readonly string[], options: CaptureOptions): Promise<ComparedSides> {
  const accounts = await partAccounts(options.accounts ?? [], before, after, options.cwd ?? process.cwd());
  const progress = new ProgressSum(undefined, options.onProgress);
  const open = (side: Side, words: readonly string[]) => {
    const follow = progress.follow();
    return openCaptures(words, { ...options, accounts: accounts[side], side, onProgress: ({ bytes, entries }) => follow(bytes, entries) });
  };
  const captures = { before: await open("before", before), after: await open("after", after) };
  const exchanges = { before: 0, after: 0 };
  function* count(side: Side, batch: Iterable<CaptureEvent>): Generator<CaptureEvent> {
    for (const event of batch) {
      if (event.kind === "exchange") exchanges[side]++;
      yield event;
    }
  }
  async function* batches(): EventBatches {
    for (const side of ["before", "after"] as const) for await (const batch of captures[side].batches()) yield count(side, batch);
  }
  return {
    names: [...captures.before.names, ...captures.after.names],
    batches,
    async *again(wanted) {
      yield* captures.before.again(wanted);
      yield* captures.after.again(wanted);
    },
    missing: captures.before.names.length === 0 || captures.after.names.length === 0,
    exchanges,
  };
}

/** Gives each side the accounts that have captures on it, lest the other complain; those that have none complain once. */
async function partAccounts(
  accounts: Accounts,
  before: readonly string[],
  after: readonly string[],
  cwd: string,
): Promise<Record<Side, Accounts>> {
  const keysOf = async (words: readonly string[]) => new Set((await findTargets(words, cwd)).targets.map(({ key }) => key));
  const [ours, theirs] = accounts.length === 0 ? [new Set(), new Set()] : [await keysOf(before), await keysOf(after)];
  const parted = { before: [] as Accounts[number][], after: [] as Accounts[number][] };
  for (const account of accounts) {
    const keys = [...(await keysOf([account.pattern]))];
    const isAfter = keys.some((key) => theirs.has(key));
    if (isAfter) parted.after.push(account);
    if (!isAfter || keys.some((key) => ours.has(key))) parted.before.push(account);
  }
  return parted;
}
