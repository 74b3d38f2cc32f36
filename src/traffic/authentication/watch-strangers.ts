import type { ErrorAnswer } from "../../model/contract.ts";
import type { Exchange } from "../../model/exchange.ts";
import type { Telling, Watching, Witness } from "../../model/rule.ts";
import { seenCredentials } from "./seen-credentials.ts";
import { isProtected, type Stranger, strangerOf, whyUnsure } from "./stranger.ts";

/** What there is to tell of a stranger's exchange, if the stranger is one. */
export type Suspicion = Omit<Telling, "on">;

/** Suspicions that a rule keeps until their timeline is seen to its end. */
const mostWaiting = 64;

const notVisible = "credentials not visible in the capture";

/**
 * Tells what a rule finds in answers to requests for what is protected, where they surely came without a valid credential. Whether the
 * capture's tool keeps credentials may show only later: until then a suspicion waits.
 */
export function watchStrangers(
  { contract, tell, unobservable, witness, study }: Watching,
  suspect: (stranger: Stranger, exchange: Exchange, answer: ErrorAnswer | undefined) => Suspicion | undefined,
) {
  const seen = study(seenCredentials);
  let waiting: (Suspicion & { readonly on: Witness })[] = [];
  return {
    see(exchange: Exchange, answer: ErrorAnswer | undefined): void {
      const stranger = strangerOf(contract, exchange);
      if (stranger === undefined || !isProtected(contract, exchange.request)) return;
      const suspicion = suspect(stranger, exchange, answer);
      if (suspicion === undefined) return;
      const on = answer ?? exchange;
      const isVisible = stranger.isSure || seen.areVisible(exchange.origin.capture, exchange.request.server);
      const isFull = !isVisible && waiting.length === mostWaiting;
      const why = isFull ? notVisible : stranger.isSure ? undefined : whyUnsure(exchange.request);
      if (why !== undefined) unobservable(exchange, why);
      else if (isVisible) tell({ ...suspicion, on });
      else waiting.push({ ...suspicion, on: witness(on, suspicion.place) });
    },
    endTimeline(): void {
      for (const telling of waiting) {
        if (seen.areVisible(telling.on.origin.capture, telling.on.server)) tell(telling);
        else unobservable(telling.on, notVisible);
      }
      waiting = [];
    },
  };
}
