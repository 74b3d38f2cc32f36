import { type CutFault, Truncated, type Walk } from "./cut.ts";
import { goesOn, nextByte, notJson, passValue, walkMembers } from "./walk.ts";
import type { Window } from "./window.ts";

/** Walks to each entry of a HAR document, and to its end; what is odd on the way is put among the notes. */
export function* walkDocument(window: Window, notes: CutFault[]): Walk {
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
