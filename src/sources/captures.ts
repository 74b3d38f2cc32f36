import type { CaptureFault, EventBatches } from "../model/capture.ts";
import type { Credential } from "../model/contract.ts";
import type { Account, Exchange } from "../model/exchange.ts";
import { AccountKeeper } from "./account.ts";
import { mergeByTime, oneByOne } from "./merge.ts";
import { partition, partOf } from "./partition.ts";
import { type CaptureProgress, ProgressSum } from "./progress.ts";
import { readCapture } from "./read-capture.ts";
import { findTargets, type Target } from "./targets.ts";

/** How captures are read. */
export interface CaptureOptions {
  /** Captures whose account the user names: `pattern` is a file, folder or glob. */
  readonly accounts?: readonly { readonly name: string; readonly pattern: string }[];
  /** The parts of a request that are credentials [the header Authorization]. */
  readonly credentials?: readonly Credential[];
  /** JSON.parse every entry, and report those that are not JSON. */
  readonly strict?: boolean;
  /** Captures are named relative to it [the process's]. */
  readonly cwd?: string;
  readonly stdin?: AsyncIterable<Uint8Array | string>;
  /** What reports call the one capture there is [its name]. */
  readonly calledBy?: string;
  /** They are of one run: their exchanges come in the order of their time, as one timeline. */
  readonly together?: boolean;
  /** Which of two compared captures these are. */
  readonly side?: "before" | "after";
  /** One part of the captures alone, from 1. What is wrong with the words themselves the first part tells. */
  readonly shard?: { readonly index: number; readonly of: number };
  /** Called for each chunk read. Bytes are the files' own, compressed where they are; the total is unknown with pipes. */
  readonly onProgress?: (progress: CaptureProgress) => void;
}

/** Captures ready to be read, once. */
export interface Captures {
  /** As reports name them, in the order of reading. */
  readonly names: readonly string[];
  /** Every exchange and fault. An exchange's parts are at hand until the next event is asked for. */
  batches(): EventBatches;
  /** The exchanges at some entries of captures, read once more; those that cannot be are left out. Parts are at hand until the next is asked for. */
  again(wanted: ReadonlyMap<string, ReadonlySet<number>>): AsyncIterable<Exchange>;
  /** Equal for the parts of one partition: a hash of all captures' names, sizes and ends. */
  partition(): Promise<string>;
}

/** Finds the captures that are meant. What cannot be found becomes a fault among the events, never an exception. */
export async function openCaptures(words: readonly string[], options: CaptureOptions = {}): Promise<Captures> {
  const cwd = options.cwd ?? process.cwd();
  const found = await findTargets(words, cwd);
  const keeper = new AccountKeeper(options.credentials);
  const named = await nameAccounts(found.targets, options.accounts ?? [], keeper, cwd);
  const { shard = { index: 1, of: 1 } } = options;
  const { calledBy } = options;
  const targets = partOf(found.targets, shard).map((target) => (calledBy === undefined ? target : { ...target, name: calledBy }));
  const faults = shard.index === 1 ? [...found.faults, ...named.faults] : [];
  const sizes = targets.map(({ size }) => size);
  const totalBytes = sizes.includes(undefined) ? undefined : (sizes as number[]).reduce((sum, size) => sum + size, 0);
  const read = (target: Target, onChunk: (bytes: number, entries: number) => void) =>
    readCapture(target, {
      stdin: options.stdin,
      strict: options.strict ?? false,
      keeper,
      account: named.accounts.get(target.key),
      side: options.side,
      ...(options.together && { timeline: oneRun, size: smallWindow }),
      onChunk,
    });

  async function* batches(): EventBatches {
    yield faults.map((fault) => ({ kind: "fault", fault }));
    const progress = new ProgressSum(totalBytes, options.onProgress);
    const readings = targets.map((target) => ({
      rereadable: target.rereadable,
      read: (onChunk = progress.follow()) => read(target, onChunk),
    }));
    if (options.together) for await (const event of mergeByTime(readings)) yield [event];
    else for (const { read } of readings) yield* read();
  }

  async function* again(wanted: ReadonlyMap<string, ReadonlySet<number>>): AsyncGenerator<Exchange> {
    for (const target of targets) {
      const entries = new Set(wanted.get(target.name));
      if (entries.size === 0 || target.path === undefined || !target.rereadable) continue;
      for await (const event of oneByOne(read(target, () => {}))) {
        if (event.kind !== "exchange" || !entries.delete(event.exchange.origin.entry)) continue;
        yield event.exchange;
        if (entries.size === 0) break;
      }
    }
  }

  return { names: targets.map(({ name }) => name), batches, again, partition: () => partition(found.targets) };
}

/** The one timeline of captures of one run; no file is named so. */
const oneRun = "<one run>";

/** Where many captures are open at once each begins small. */
const smallWindow = { chunk: 1 << 16, limit: 1 << 22 };

/** Which captures have an account that the user named. */
async function nameAccounts(
  targets: readonly Target[],
  accounts: readonly { readonly name: string; readonly pattern: string }[],
  keeper: AccountKeeper,
  cwd: string,
): Promise<{ accounts: ReadonlyMap<string, Account>; faults: readonly CaptureFault[] }> {
  const byKey = new Map<string, Account>();
  const faults: CaptureFault[] = [];
  for (const { name, pattern } of accounts) {
    const meant = new Set((await findTargets([pattern], cwd)).targets.map(({ key }) => key));
    const own = targets.filter(({ key }) => meant.has(key));
    if (own.length === 0)
      faults.push({
        capture: pattern,
        severity: "error",
        message: `account ${name}: ${pattern === "" ? "an empty name" : pattern} matches none of the captures`,
        advice: "name captures that are also given to be checked",
      });
    for (const target of own) {
      const before = byKey.get(target.key);
      if (before === undefined) byKey.set(target.key, keeper.named(name));
      else if (before.name !== name)
        faults.push({
          capture: target.name,
          severity: "error",
          message: `the capture is given to two accounts, ${before.name} and ${name}: ${before.name} was kept`,
          advice: "let each capture match one account",
        });
    }
  }
  return { accounts: byKey, faults };
}
