import { PlainScanner } from "../scanner/plain-scanner.ts";
import { breakOf, NEED_MORE } from "../scanner/results.ts";
import type { Scan, ScanSpace } from "../scanner/scan-space.ts";
import { makeRoom } from "./compact-copy.ts";
import { type CompactEntry, compactEntry } from "./compact-entry.ts";
import { Broken, type Cut, Truncated, type Walk } from "./cut.ts";
import { entryShape, F, type Field } from "./entry-fields.ts";
import { type EntryParts, ParsedParts, SpanParts } from "./entry-parts.ts";
import { flawOf, notJson, passValue } from "./walk.ts";
import type { Window } from "./window.ts";

/** Cuts one list element out of a window at a time. */
export class EntryCutter {
  /** Elements taken so far, whole or left out. */
  entries = 0;
  /** Where huge entries are made small, one after the other. */
  private room: Buffer | undefined;
  private readonly strict: boolean;
  /** Index after the element just cut; -1 = the window has already moved past it. */
  private after = -1;
  /** What the last scan said. */
  private result = NEED_MORE;

  constructor(strict: boolean) {
    this.strict = strict;
  }

  /** Cuts the entry at the window's position; undefined where that takes more than the bytes at hand. */
  cut(window: Window, entry: number, to = window.end): Cut | undefined {
    const { bytes, pos, space } = window;
    if (bytes[pos] !== 123) return undefined;
    const after = space.scan(pos, to);
    this.result = after;
    if (after < 0) return undefined;
    this.after = after;
    const flaw = space.flaw < 0 ? undefined : { ...window.placeOf(space.flaw), byte: bytes[space.flaw] as number };
    return this.finish(space, bytes, pos, after, placeOf(window, entry), { flaw, space });
  }

  /** After `cut` could not: entries that go on past the window, are larger than it may be, are broken, or are no objects. */
  async cutSlowly(window: Window, entry: number, isLine = false): Promise<Cut> {
    if (window.bytes[window.pos] !== 123) return isLine ? notAnObject(placeOf(window, entry)) : this.passOver(window, entry);
    while (this.result === NEED_MORE) {
      if (!(await window.more())) {
        if (window.ended) throw new Truncated();
        return this.compact(window, entry);
      }
      const cut = this.cut(window, entry);
      if (cut !== undefined) return cut;
    }
    const at = breakOf(this.result);
    // Where the next line begins needs no looking for brackets.
    return isLine ? leftOut(entry, notJson(window, at)) : this.mend(window, entry, at);
  }

  /** After the element just cut; where its beginning has left the window, what is read next. */
  endIn(window: Window): number {
    return this.after >= 0 ? this.after : window.pos;
  }

  /** Ends the turn of the entry just cut and moves the window past it. */
  leave(window: Window, cut: Cut): void {
    if (cut.kind === "entry") cut.parts.end();
    if (this.after >= 0) window.moveTo(this.after);
    this.after = -1;
  }

  private finish({ spans, doubtful }: Scan, bytes: Buffer, start: number, end: number, place: Place, known: Known = {}): Cut {
    const { cutFields, flaw, space } = known;
    let parts: EntryParts = new SpanParts(bytes, spans, cutFields, space);
    if (doubtful || this.strict) {
      try {
        parts = new ParsedParts(JSON.parse(bytes.toString("utf8", start, end)), cutFields);
      } catch (error) {
        return flaw === undefined
          ? fault(place, `entry ${place.entry} is not JSON: ${oneLine(error)}`, mendIt)
          : leftOut(place.entry, flawOf(flaw));
      }
    }
    const missing = findMissing(parts);
    if (missing !== undefined) return fault(place, `entry ${place.entry} ${missing.what}`, missing.advice);
    return { kind: "entry", ...place, parts };
  }

  private async passOver(window: Window, entry: number): Promise<Cut> {
    const place = placeOf(window, entry);
    await drive(window, passValue(window));
    window.flaw = undefined;
    return notAnObject(place);
  }

  /** A broken entry is left out; the next is looked for by brackets alone. */
  private async mend(window: Window, entry: number, at: number): Promise<Cut> {
    const cut = leftOut(entry, notJson(window, at));
    await drive(window, passValue(window, undefined, true));
    return cut;
  }

  private async compact(window: Window, entry: number): Promise<Cut> {
    const place = placeOf(window, entry);
    this.room ??= makeRoom();
    window.flaw = undefined;
    const small = await this.makeSmall(window, entry, this.room);
    if (window.flaw !== undefined) {
      const broken = flawOf(window.flaw);
      window.flaw = undefined;
      return leftOut(entry, broken);
    }
    if (small.lost.size > 0)
      return fault(
        place,
        `entry ${entry} is too large to be read whole: not judged`,
        "besides bodies, up to 8 MiB of an entry are read: leave out what fills it",
      );
    const scanner = new PlainScanner(entryShape);
    const after = scanner.scan(small.bytes, 0, small.bytes.length);
    if (after < 0) return fault(place, `entry ${entry} could not be read: it is too large to be taken apart`, mendIt);
    return this.finish(scanner, small.bytes, 0, after, place, { cutFields: small.cut });
  }

  private async makeSmall(window: Window, entry: number, room: Buffer): Promise<CompactEntry> {
    try {
      return await drive(window, compactEntry(window, room));
    } catch (error) {
      // Where the entry ends is not known: its beginning has left the window.
      if (error instanceof Broken) throw new Broken({ ...error.fault, entry, message: `entry ${entry} is ${error.fault.message}` });
      throw error;
    }
  }
}

/** What else is known of an entry: bodies that were cut, and the first byte that no string may hold. */
interface Known {
  readonly cutFields?: ReadonlySet<Field>;
  readonly flaw?: Window["flaw"];
  readonly space?: ScanSpace;
}

interface Place {
  readonly entry: number;
  readonly offset: number;
  readonly line: number;
}

function placeOf(window: Window, entry: number): Place {
  return { entry, offset: window.offsetOf(window.pos), line: window.lineAt(window.pos) };
}

const mendIt = "export the capture again, or mend it by hand at this place";

function fault(place: Place, message: string, advice: string): Cut {
  return { kind: "fault", fault: { severity: "error", ...place, message, advice } };
}

function notAnObject(place: Place): Cut {
  return fault(place, `entry ${place.entry} is not an object: it was left out`, mendIt);
}

function leftOut(entry: number, { fault }: Broken): Cut {
  return { kind: "fault", fault: { ...fault, entry, message: `entry ${entry} was left out: ${fault.message}` } };
}

/** Feeds a walk that takes no elements. */
async function drive<Result>(window: Window, walk: Walk<Result>): Promise<Result> {
  for (let more = true; ; ) {
    const step = walk.next(more);
    if (step.done === true) return step.value;
    more = await window.more();
  }
}

function findMissing(parts: EntryParts): { what: string; advice: string } | undefined {
  if (parts.isText(F.url)) return undefined;
  const request = parts.value(F.request);
  if (request === undefined && parts.value(F.log) !== undefined)
    return { what: "is a whole HAR document, not one entry", advice: "save it as a .har file of its own" };
  const what = typeof request === "object" && request !== null ? "has no request URL" : "has no request";
  return { what: `${what}: it was left out`, advice: "nothing can be judged without it; export the capture again if it matters" };
}

function oneLine(error: unknown): string {
  return (error instanceof Error ? error.message : String(error)).replace(/\s+/g, " ").slice(0, 200);
}
