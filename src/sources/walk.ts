import { breakOf } from "../scanner/results.ts";
import { Broken, Truncated, type Walk } from "./cut.ts";
import { decodeString } from "./json-bytes.ts";
import type { Window } from "./window.ts";

/** Takes the bytes of a value as they pass. */
export interface Sink {
  add(bytes: Buffer, from: number, to: number): void;
}

/** The next byte that is not white space, not yet consumed. */
export function* nextByte(window: Window): Walk<number> {
  for (;;) {
    while (window.pos < window.end) {
      const byte = window.bytes[window.pos] as number;
      if (byte !== 32 && byte !== 10 && byte !== 13 && byte !== 9) return byte;
      window.pos++;
    }
    if (!(yield "more")) throw new Truncated();
  }
}

/** Passes over a value, whatever its size. The window stands on its first byte. */
export function* passValue(window: Window, sink?: Sink, lax = false): Walk {
  const skipper = window.space.skip(lax);
  for (;;) {
    const from = window.pos;
    const to = skipper.feed(from, window.end);
    if (skipper.flaw >= 0) window.noteFlaw(skipper.flaw);
    if (to < 0) throw notJson(window, breakOf(to));
    sink?.add(window.bytes, from, to);
    window.moveTo(to);
    if (skipper.done) return;
    if (!(yield "more")) throw new Truncated();
  }
}

/** Long enough for every name that matters. */
const longestName = 1024;

/** A member's name, decoded, and the ":" after it; undefined for a name too long to be a known one. */
function* memberName(window: Window): Walk<string | undefined> {
  if ((yield* nextByte(window)) !== 34) throw notJson(window, window.pos);
  const raw: Buffer[] = [];
  let length = 0;
  yield* passValue(window, {
    add(bytes, from, to) {
      length += to - from;
      if (length <= longestName) raw.push(Buffer.from(bytes.subarray(from, to)));
    },
  });
  if ((yield* nextByte(window)) !== 58) throw notJson(window, window.pos);
  window.pos++;
  yield* nextByte(window);
  return length <= longestName ? decodeString(Buffer.concat(raw), 0, length) : undefined;
}

/** After a member or an element: true at a comma (consumed, next byte at hand), false at the closing bracket (consumed). */
export function* goesOn(window: Window, closing: 93 | 125): Walk<boolean> {
  const byte = yield* nextByte(window);
  if (byte !== 44 && byte !== closing) throw notJson(window, window.pos);
  window.pos++;
  if (byte === closing) return false;
  yield* nextByte(window);
  return true;
}

/** Calls `take` for each member of an object, the window on its value; `take` consumes the value. The window stands on the "{". */
export function* walkMembers(window: Window, take: (name: string | undefined) => Walk): Walk {
  window.pos++;
  if ((yield* nextByte(window)) === 125) {
    window.pos++;
    return;
  }
  do {
    const name = yield* memberName(window);
    yield* take(name);
  } while (yield* goesOn(window, 125));
}

/** JSON breaks at an index of the window. */
export function notJson(window: Window, index: number): Broken {
  const byte = window.bytes[index] as number;
  const char = String.fromCharCode(byte);
  const shown = byte === 34 ? "quote" : byte > 32 && byte < 127 ? `"${char}"` : `byte 0x${byte.toString(16).padStart(2, "0")}`;
  // What begins a value or a name stands where one has ended.
  const hint = /["[{]/.test(char) ? "; a comma or a colon may be missing before it" : "";
  return new Broken({
    severity: "error",
    ...window.placeOf(index),
    message: `not JSON: unexpected ${shown}${hint}`,
    advice: "export the capture again, or mend it by hand at this place",
  });
}

/** A string holds what none may. */
export function flawOf({ offset, line, byte }: NonNullable<Window["flaw"]>): Broken {
  const what =
    byte < 32 ? `byte 0x${byte.toString(16).padStart(2, "0")} stands unescaped in a string` : "a wrong escape stands in a string";
  return new Broken({
    severity: "error",
    offset,
    line,
    message: `not JSON: ${what}`,
    advice: "export the capture again, or mend it by hand at this place",
  });
}
