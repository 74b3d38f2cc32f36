import { CompactCopy, type Written } from "./compact-copy.ts";
import type { Walk } from "./cut.ts";
import { bodyFields, entryShape, F, type Field, type Known, type Shape } from "./entry-fields.ts";
import { passValue, walkMembers } from "./walk.ts";
import type { Window } from "./window.ts";

/** What is kept of a huge entry. */
export interface CompactEntry {
  readonly bytes: Buffer;
  /** Bodies of which only the beginning was kept. */
  readonly cut: ReadonlySet<Field>;
  /** Other parts, too large to be kept. */
  readonly lost: ReadonlySet<Field>;
}

/** Copies the known parts of an entry of any size into a small one, in `room`; the rest is passed over. The window stands on its "{". */
export function* compactEntry(window: Window, room: Buffer): Walk<CompactEntry> {
  const copy = new CompactCopy(room);
  yield* copyObject(window, copy, entryShape);
  return { bytes: copy.take(), cut: copy.cut, lost: copy.lost };
}

function* copyObject(window: Window, copy: CompactCopy, shape: Shape): Walk {
  const written = new Map<Known, Written>();
  copy.write("{");
  yield* walkMembers(window, function* (name) {
    const known = name === undefined ? undefined : shape.names.get(name);
    // A whole document in an entry's place is not wanted: only that it is there.
    if (known === undefined || known.field === F.log) {
      yield* passValue(window);
      if (known !== undefined && !written.has(known)) written.set(known, writeMark(copy, known));
      return;
    }
    takeBack(copy, known, written);
    const { length: start, others } = copy;
    copy.write(`"${known.name}":`);
    if (known.shape !== undefined && window.bytes[window.pos] === 123) yield* copyObject(window, copy, known.shape);
    else {
      const isBody = bodyFields.has(known.field) && window.bytes[window.pos] === 34;
      copy.begin(isBody);
      yield* passValue(window, copy);
      copy.finish(known.field, isBody);
    }
    copy.write(",");
    written.set(known, { start, end: copy.length, others: copy.others - others });
  });
  copy.closeObject();
}

function writeMark(copy: CompactCopy, { name }: Known): Written {
  const start = copy.length;
  copy.write(`"${name}":null,`);
  return { start, end: copy.length, others: 0 };
}

/** A member that comes again replaces the one before. */
function takeBack(copy: CompactCopy, known: Known, written: Map<Known, Written>): void {
  const before = written.get(known);
  if (before === undefined) return;
  copy.remove(before);
  const size = before.end - before.start;
  for (const other of written.values())
    if (other.start > before.start) {
      other.start -= size;
      other.end -= size;
    }
  forget(copy, known);
}

function forget(copy: CompactCopy, known: Known): void {
  copy.cut.delete(known.field);
  copy.lost.delete(known.field);
  for (const inner of known.shape?.names.values() ?? []) forget(copy, inner);
}
