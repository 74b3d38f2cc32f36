import { skipSpace } from "../scanner/skip-value.ts";
import { Broken, type Cut, type CutBatches, type CutFault, Truncated, type Walk } from "./cut.ts";
import type { EntryCutter } from "./entry-cutter.ts";
import { walkDocument } from "./har-walk.ts";
import { flawOf } from "./walk.ts";
import type { Window } from "./window.ts";

/** Cuts a HAR document into its entries, wherever `log.entries` stands in it, and reads it to its end. */
export async function* cutHar(window: Window, cutter: EntryCutter): CutBatches {
  const document = new Document(window, cutter);
  for (;;) {
    yield document.cutAtHand();
    if (document.waitsFor === "nothing") return;
    await document.obtain();
  }
}

/** A document under way. */
class Document {
  /** What has to come before there is more to cut. */
  waitsFor: "bytes" | "entry" | "nothing" = "nothing";
  private readonly window: Window;
  private readonly cutter: EntryCutter;
  private readonly notes: CutFault[] = [];
  private readonly walk: Walk;
  private more = true;
  private slow: Cut | undefined;

  constructor(window: Window, cutter: EntryCutter) {
    this.window = window;
    this.cutter = cutter;
    this.walk = walkDocument(window, this.notes);
  }

  /** Waits for what `cutAtHand` could not have. */
  async obtain(): Promise<void> {
    if (this.waitsFor === "bytes") this.more = await this.window.more();
    else
      this.slow = await this.cutter.cutSlowly(this.window, this.cutter.entries).catch((error) => {
        this.notes.push(...this.faultsOf(error));
        return undefined;
      });
  }

  *cutAtHand(): Generator<Cut> {
    const { window, cutter, notes } = this;
    if (this.waitsFor === "entry" && this.slow === undefined) this.waitsFor = "nothing";
    else {
      let ready = this.slow !== undefined || this.step();
      while (ready) {
        while (notes.length > 0) yield { kind: "fault", fault: notes.shift() as CutFault };
        const cut = this.slow ?? cutter.cut(window, cutter.entries);
        this.slow = undefined;
        if (cut === undefined) {
          this.waitsFor = "entry";
          return;
        }
        cutter.entries++;
        try {
          yield cut;
        } finally {
          cutter.leave(window, cut);
        }
        ready = this.isFollowed() || this.step();
      }
    }
    while (notes.length > 0) yield { kind: "fault", fault: notes.shift() as CutFault };
  }

  /** Goes on to the next entry where it follows at once, which saves the walk its turn. */
  private isFollowed(): boolean {
    const { bytes, end, pos } = this.window;
    const comma = skipSpace(bytes, pos, end);
    if (comma >= end || bytes[comma] !== 44) return false;
    const next = skipSpace(bytes, comma + 1, end);
    if (next >= end || bytes[next] !== 123) return false;
    this.window.pos = next;
    return true;
  }

  /** Goes on to the next entry; false where there is none at hand. */
  private step(): boolean {
    const { more, notes, walk, window } = this;
    this.more = true;
    try {
      const { done, value } = walk.next(more);
      if (window.flaw !== undefined) notes.push(flawOf(window.flaw).fault);
      window.flaw = undefined;
      this.waitsFor = done ? "nothing" : "bytes";
      return !done && value === "element";
    } catch (error) {
      this.waitsFor = "nothing";
      notes.push(...this.faultsOf(error));
      return false;
    }
  }

  private faultsOf(error: unknown): CutFault[] {
    const { cutter, window } = this;
    if (error instanceof Broken) return [{ ...error.fault, message: `${error.fault.message}; nothing after it was read` }];
    if (!(error instanceof Truncated)) throw error;
    // Where the data itself is cut, that is told when all has been read.
    return window.failure === undefined ? [truncated(window, cutter.entries)] : [];
  }
}

function truncated(window: Window, entries: number): CutFault {
  const offset = window.offsetOf(window.end);
  return {
    severity: "error",
    entry: entries,
    ...window.placeOf(window.end),
    message: `the capture ends too early, at byte ${offset}, before its last bracket is closed; ${entries} whole ${entries === 1 ? "entry was" : "entries were"} read`,
    advice: "export the capture again and let it be written to its end",
  };
}
