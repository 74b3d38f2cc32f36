import type { Exchange } from "../../model/exchange.ts";

/** Entries of a capture until its order shows. */
const untilShown = 50;

/** In which order a capture lists its entries: by start, by end, newest first, or none. */
export class CaptureOrder {
  #capture = "";
  #seen = 0;
  #latest = Number.NEGATIVE_INFINITY;

  /** Is this exchange surely later than all before it? Not at the beginning of a capture, which may be its end. */
  follows({ origin, startedAt }: Exchange): boolean {
    if (origin.capture !== this.#capture) {
      this.#capture = origin.capture;
      this.#seen = 0;
    }
    this.#seen++;
    if (startedAt === undefined) return false;
    const isLater = startedAt >= this.#latest;
    if (isLater) this.#latest = startedAt;
    return isLater && this.#seen > untilShown;
  }

  /** Begins a new timeline. */
  forget(): void {
    this.#capture = "";
    this.#latest = Number.NEGATIVE_INFINITY;
  }
}
