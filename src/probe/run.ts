import type { Ask, Level } from "./ask.ts";
import type { Received, Sending } from "./wire/wire.ts";

/** A request that was sent, and what became of it. */
export interface Asked {
  readonly probe: string;
  readonly ask: Ask;
  /** Its place in the recording. */
  readonly entry: number;
  readonly sending: Sending;
  /** 0 = no answer. */
  readonly status: number;
  /** What went wrong on the way; undefined = nothing. */
  readonly failure: Received["failure"];
  /** What its answer says was made or changed, where that was allowed. */
  readonly made?: string;
}

/** What was not asked, and why. */
export interface Unasked {
  readonly probe: string;
  readonly reason: string;
  /** The rows that stay untested for it. */
  readonly aims: readonly string[];
  /** undefined: it could not even be made. */
  readonly ask: Ask | undefined;
}

/** All that a walk through the catalogue came to. */
export interface Run {
  readonly asked: readonly Asked[];
  readonly unasked: readonly Unasked[];
  /** Why the run ended before its end, a sentence; undefined = it did not. */
  readonly stopped: string | undefined;
}

/** Which levels a run may go to. */
export interface Allowance {
  /** The most that is sent of `level <= 1`. */
  readonly readsOnly: boolean;
  readonly writes: boolean;
  readonly burst: boolean;
}

/** Why an ask of a level may not be sent; undefined = it may. */
export function forbids({ readsOnly, writes, burst }: Allowance, level: Level): string | undefined {
  if (readsOnly && level > 0) return "only reads are allowed (--reads-only)";
  if (level === 2 && !writes) return "it may change something (--allow-writes)";
  if (level === 3 && !burst) return "it uses up the account's limit (--allow-burst)";
  return undefined;
}
