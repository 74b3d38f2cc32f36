import { Broken, type Cut, Truncated } from "./cut.ts";
import type { EntryCutter } from "./entry-cutter.ts";
import { skipSpace } from "./json-bytes.ts";
import type { Window } from "./window.ts";

/** Cuts NDJSON into entries: one HAR entry a line, blank lines between them, lines of any length. */
export async function* cutLines(window: Window, cutter: EntryCutter): AsyncGenerator<Cut> {
  while (await seekText(window)) {
    const entry = cutter.entries;
    const lineStart = window.offsetOf(window.pos);
    let newline = findNewline(window, window.pos);
    while (newline < 0 && !window.full && (await window.more())) newline = findNewline(window, window.pos);
    const whole = newline >= 0 || window.ended;
    const lineEnd = newline >= 0 ? newline : window.end;
    const cut = whole ? cutWhole(window, cutter, entry, lineEnd) : await cutLong(window, cutter, entry);
    cutter.entries++;
    yield cut;
    cutter.leave(window, cut);
    const rest = await restOfLine(window, cut.kind === "fault");
    if (rest !== undefined && cut.kind === "entry")
      yield {
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
}

const oneALine = "write one HAR entry a line (NDJSON)";

function cutWhole(window: Window, cutter: EntryCutter, entry: number, lineEnd: number): Cut {
  return (
    cutter.cut(window, entry, lineEnd) ?? {
      kind: "fault",
      fault: {
        severity: "error",
        entry,
        ...window.placeOf(window.pos),
        message: `this line is no whole JSON object: it was left out`,
        advice: oneALine,
      },
    }
  );
}

async function cutLong(window: Window, cutter: EntryCutter, entry: number): Promise<Cut> {
  const place = window.placeOf(window.pos);
  try {
    return cutter.cut(window, entry) ?? (await cutter.cutSlowly(window, entry));
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

/** Moves to the line's end; gives the offset of the first byte that is not white space. */
async function restOfLine(window: Window, quick: boolean): Promise<{ readonly offset: number } | undefined> {
  let text: { readonly offset: number } | undefined;
  do {
    const newline = findNewline(window, window.pos);
    const stop = newline < 0 ? window.end : newline;
    const at = quick ? stop : skipSpace(window.bytes, window.pos, stop);
    if (at < stop) text ??= window.placeOf(at);
    window.pos = stop;
    if (newline >= 0) return text;
  } while (await window.more());
  return text;
}

function findNewline(window: Window, from: number): number {
  const found = window.bytes.indexOf(10, from);
  return found >= window.end ? -1 : found;
}
