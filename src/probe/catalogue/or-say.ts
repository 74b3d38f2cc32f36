import type { Asks, Skip } from "../ask.ts";

/** Asks; where there is nothing to ask, and nothing was said of it, says why. */
export function* orSay(asks: Asks, skip: Skip): Asks {
  let next = asks.next([]);
  if (next.done === true) yield skip;
  while (next.done !== true) next = asks.next(yield next.value);
}
