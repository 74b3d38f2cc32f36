import { skipSpace } from "../scanner/skip-value.ts";
import { Broken, type Cut, type CutBatches, Truncated } from "./cut.ts";
import type { EntryCutter } from "./entry-cutter.ts";
import type { Place, Window } from "./window.ts";

/** Cuts NDJSON into entries: one HAR entry a line, blank lines between them, lines of any length. */
export async function* cutLines(window: Window, cutter: EntryCutter): CutBatches {
  do {
    yield cutAtHand(window, cutter);
    if (!(await seekText(window))) return;
  } while ((await obtainLine(window)) || (yield* cutLong(window, cutter)));
}

/** The lines whose ends are at hand. */
function* cutAtHand(window: Window, cutter: EntryCutter): Generator<Cut> {
  for (;;) {
    window.pos = skipSpace(window.bytes, window.pos, window.end);
    const newline = findNewline(window);
    if (window.pos === window.end || (newline < 0 && !window.ended)) return;
    const place = window.placeOf(window.pos);
    const lineEnd = newline < 0 ? window.end : newline;
    const cut = cutWhole(window, cutter, lineEnd);
    cutter.entries++;
    try {
      yield cut;
    } finally {
      cutter.leave(window, cut);
    }
    const rest = skipSpace(window.bytes, window.pos, lineEnd);
    if (cut.kind === "entry" && rest < lineEnd) yield tooMuch(cut.entry, place.offset, window.placeOf(rest));
    window.pos = lineEnd;
  }
}

/** Cuts a line that is larger than the window. */
async function* cutLong(window: Window, cutter: EntryCutter): AsyncGenerator<Iterable<Cut>, true> {
  const { offset, line } = window.placeOf(window.pos);
  const cut = await cutSlowly(window, cutter);
  const isBroken = cut.kind === "entry" && window.lineAt(cutter.endIn(window)) > line;
  cutter.entries++;
  try {
    yield [isBroken ? noObject(cut.entry, { offset, line }) : cut];
  } finally {
    cutter.leave(window, cut);
  }
  const rest = await restOfLine(window, cut.kind === "fault");
  if (rest !== undefined && cut.kind === "entry") yield [tooMuch(cut.entry, offset, rest)];
  return true;
}

function tooMuch(entry: number, lineStart: number, rest: Place): Cut {
  return {
    kind: "fault",
    fault: {
      severity: "error",
      entry,
      ...rest,
      message: `something follows the entry that begins at byte ${lineStart}, on the same line: it was left out`,
      advice: oneALine,
    },
  };
}

const oneALine = "write one HAR entry a line (NDJSON)";

function cutWhole(window: Window, cutter: EntryCutter, lineEnd: number): Cut {
  const entry = cutter.entries;
  return cutter.cut(window, entry, lineEnd) ?? noObject(entry, window.placeOf(window.pos));
}

function noObject(entry: number, place: Place): Cut {
  const message = "this line is no whole JSON object: it was left out";
  return { kind: "fault", fault: { severity: "error", entry, ...place, message, advice: oneALine } };
}

async function cutSlowly(window: Window, cutter: EntryCutter): Promise<Cut> {
  const entry = cutter.entries;
  const place = window.placeOf(window.pos);
  try {
    return cutter.cut(window, entry) ?? (await cutter.cutSlowly(window, entry, true));
  } catch (error) {
    if (!(error instanceof Broken || error instanceof Truncated)) throw error;
    const message = error instanceof Broken ? error.message : "it ends too early";
    return {
      kind: "fault",
      fault: { severity: "error", entry, ...place, message: `this line was left out: ${message}`, advice: oneALine },
    };
  }
}

/** Moves to the next byte that is not white space; false at the end. */
async function seekText(window: Window): Promise<boolean> {
  for (;;) {
    window.pos = skipSpace(window.bytes, window.pos, window.end);
    if (window.pos < window.end) return true;
    if (!(await window.more())) return false;
  }
}

/** Waits for the end of the line; false where the window is too small for it. */
async function obtainLine(window: Window): Promise<boolean> {
  while (!window.ended) if (findNewline(window) >= 0 || !(await window.more())) break;
  return window.ended || findNewline(window) >= 0;
}

/** Moves to the line's end; gives the place of the first byte that is not white space. */
async function restOfLine(window: Window, quick: boolean): Promise<Place | undefined> {
  let text: Place | undefined;
  do {
    const newline = findNewline(window);
    const stop = newline < 0 ? window.end : newline;
    const at = quick ? stop : skipSpace(window.bytes, window.pos, stop);
    if (at < stop) text ??= window.placeOf(at);
    window.pos = stop;
    if (newline >= 0) return text;
  } while (await window.more());
  return text;
}

function findNewline(window: Window): number {
  const found = window.bytes.indexOf(10, window.pos);
  return found >= window.end ? -1 : found;
}
