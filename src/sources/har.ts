import { skipSpace } from "../scanner/skip-value.ts";
import { Broken, type Cut, type CutBatches, type CutFault, Truncated, type Walk } from "./cut.ts";
import type { EntryCutter } from "./entry-cutter.ts";
import { flawOf, goesOn, nextByte, notJson, passValue, walkMembers } from "./walk.ts";
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

function* walkDocument(window: Window, notes: CutFault[]): Walk {
  const seen: string[] = [];
  let logs = 0;
  const start = window.placeOf(window.pos);
  yield* walkMembers(window, function* (name) {
    if (name !== "log") {
      if (seen.length < 50 && name !== undefined) seen.push(name);
      yield* passValue(window);
    } else if (++logs > 1) {
      notes.push(repeated(window, '"log"'));
      yield* passValue(window);
    } else yield* walkLog(window, notes);
  });
  if (logs === 0) notes.push(noLog(start, seen));
  yield* walkTail(window, notes);
}

function* walkLog(window: Window, notes: CutFault[]): Walk {
  const start = window.placeOf(window.pos);
  if (window.bytes[window.pos] !== 123) {
    notes.push({
      severity: "error",
      ...start,
      message: `"log" is ${nameValue(window)}, not an object: this is no HAR capture`,
      advice: "export the traffic as HAR (HTTP Archive 1.2)",
    });
    yield* passValue(window);
    return;
  }
  let lists = 0;
  yield* walkMembers(window, function* (name) {
    if (name !== "entries") yield* passValue(window);
    else if (++lists > 1) {
      notes.push(repeated(window, '"entries" list'));
      yield* passValue(window);
    } else if (window.bytes[window.pos] !== 91) {
      notes.push({
        severity: "error",
        ...window.placeOf(window.pos),
        message: `"log.entries" is ${nameValue(window)}, not a list: there is nothing to judge`,
        advice: "export the traffic as HAR (HTTP Archive 1.2)",
      });
      yield* passValue(window);
    } else yield* walkEntries(window, notes);
  });
  if (lists === 0)
    notes.push({
      severity: "error",
      ...start,
      message: '"log" has no "entries": there is nothing to judge',
      advice: "export the traffic as HAR (HTTP Archive 1.2) with its requests",
    });
}

function* walkEntries(window: Window, notes: CutFault[]): Walk {
  window.pos++;
  if ((yield* nextByte(window)) === 93) {
    window.pos++;
    return;
  }
  do {
    if (window.bytes[window.pos] === 93) {
      notes.push({
        severity: "error",
        ...window.placeOf(window.pos),
        message: "not JSON: a comma stands before the end of the entries",
        advice: "remove the comma",
      });
      window.pos++;
      return;
    }
    yield "element";
  } while (yield* goesOn(window, 93));
}

function* walkTail(window: Window, notes: CutFault[]): Walk {
  for (;;) {
    try {
      yield* nextByte(window);
    } catch (error) {
      if (error instanceof Truncated) return;
      throw error;
    }
    const second = window.bytes[window.pos] === 123;
    if (!second) throw notJson(window, window.pos);
    notes.push({
      severity: "error",
      ...window.placeOf(window.pos),
      message: "a second document follows the capture's end; only the first was judged",
      advice: "give each capture its own file",
    });
    return;
  }
}

function repeated(window: Window, what: string): CutFault {
  return {
    severity: "error",
    ...window.placeOf(window.pos),
    message: `a second ${what}: only the first was judged`,
    advice: "give each capture its own file",
  };
}

function noLog(place: { readonly offset: number }, seen: readonly string[]): CutFault {
  const found =
    seen.length === 0
      ? "it is an empty object"
      : `its top level has ${seen
          .slice(0, 5)
          .map((name) => `"${shorten(name)}"`)
          .join(", ")}`;
  const entry = seen.includes("request") && seen.includes("response");
  return {
    severity: "error",
    ...place,
    message: `no HAR capture: "log" is missing from the document's top level; ${found}`,
    advice: entry
      ? "this looks like one entry: name the file .ndjson, with one entry a line"
      : 'export the traffic as HAR (HTTP Archive 1.2): {"log": {"entries": [...]}}',
  };
}

function shorten(name: string): string {
  return name.length > 40 ? `${name.slice(0, 40)}…` : name;
}

function nameValue(window: Window): string {
  switch (window.bytes[window.pos]) {
    case 123:
      return "an object";
    case 91:
      return "a list";
    case 34:
      return "a string";
    case 110:
      return "null";
    case 116:
    case 102:
      return "true or false";
    default:
      return "a number";
  }
}
