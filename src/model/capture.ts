import type { Exchange } from "./exchange.ts";

/** Something in a capture that could not be read. Whatever else the capture holds is still judged. */
export interface CaptureFault {
  readonly capture: string;
  /** Zero-based entry, where the fault lies in one. */
  readonly entry?: number;
  /** Bytes from the start of the (decompressed) capture. */
  readonly offset?: number;
  /** One-based. */
  readonly line?: number;
  /** `error`: part of the capture was lost, and the audit is not a full one (exit 2). `note`: an oddity that was coped with. */
  readonly severity: "error" | "note";
  /** What is wrong, one sentence. */
  readonly message: string;
  /** What to do about it. */
  readonly advice?: string;
}

/** What a source yields, in the order of the captures. */
export type CaptureEvent =
  | { readonly kind: "exchange"; readonly exchange: Exchange }
  | { readonly kind: "fault"; readonly fault: CaptureFault }
  /** A capture was read to its end (or as far as it could be). `entries` counts all that were met, those left out too. */
  | { readonly kind: "end"; readonly capture: string; readonly bytes: number; readonly entries: number };

/** Events by turns: those at hand come one after the other, without waiting. Each batch is taken to its end before the next. */
export type EventBatches = AsyncGenerator<Iterable<CaptureEvent>, void, undefined>;
