import type { CaptureFault } from "../model/capture.ts";
import type { EntryParts } from "./entry-parts.ts";

/** A fault as a cutter sees it: it does not know the capture's name. */
export type CutFault = Omit<CaptureFault, "capture">;

/** What a cutter makes of a capture's bytes. */
export type Cut = EntryCut | { readonly kind: "fault"; readonly fault: CutFault };

export interface EntryCut {
  readonly kind: "entry";
  readonly entry: number;
  readonly offset: number;
  readonly line: number;
  readonly parts: EntryParts;
}

/** Cuts by turns: those for which the bytes are at hand come one after the other, without waiting. Each batch is taken to its end. */
export type CutBatches = AsyncGenerator<Iterable<Cut>>;

/** What a walk asks of its driver: more bytes, or to take the list element that stands at the window's position. */
type Step = "more" | "element";

/** A walk over a window: resumed with whether more bytes came. */
export type Walk<Result = void> = Generator<Step, Result, boolean>;

/** The rest of a capture cannot be read. Caught by the cutter, never shown as it is. */
export class Broken extends Error {
  readonly fault: CutFault;

  constructor(fault: CutFault) {
    super(fault.message);
    this.fault = fault;
  }
}

/** The capture ends too early. Caught by the cutter, which knows where it was. */
export class Truncated extends Error {}
