import type { Asking, FilledRequest } from "../../probe.ts";

/** A key that something was done with, and the request that did it. */
export interface UsedKey {
  readonly key: string;
  readonly request: FilledRequest;
}

/** By operation, what `idem/launch` did in a run, or why it did nothing; the probes after it use the key again. */
const uses = new WeakMap<Asking, Map<string, UsedKey | { readonly skip: string }>>();

export function noteUse(asking: Asking, operation: string, use: UsedKey | { readonly skip: string }): void {
  const noted = uses.get(asking) ?? new Map<string, UsedKey | { readonly skip: string }>();
  uses.set(asking, noted.set(operation, use));
}

export function useOf(asking: Asking, operation: string): UsedKey | { readonly skip: string } {
  return uses.get(asking)?.get(operation) ?? { skip: `nothing was done with a key for ${operation} (idem/launch)` };
}
