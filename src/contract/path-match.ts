import type { PathCapture, PathSegments, PathTemplate, Segment } from "./path-template.ts";

/**
 * Does a template take a path? Each `**` takes as few segments as it can. Only the last `**` is ever reconsidered
 * (as in a file glob), so the time is bounded by segments times template, whatever the path.
 */
export function matchesPath(template: PathTemplate, path: PathSegments): boolean {
  return template.open ? placeSegments(template.segments, path) !== undefined : matchesClosed(template.segments, path);
}

/** The values of a template's parameters in a path it takes. */
export function capturesOf(template: PathTemplate, path: PathSegments): PathCapture[] {
  const places = placeSegments(template.segments, path) ?? [];
  return template.segments.flatMap((segment, index) => captureSegment(segment, path, places[index] ?? -1));
}

function matchesClosed(template: readonly Segment[], path: PathSegments): boolean {
  return template.length === path.length && template.every((segment, index) => takes(segment, path[index] as string));
}

/** The index in the path at which each segment of the template stands; undefined where the path does not match. */
function placeSegments(template: readonly Segment[], path: PathSegments): number[] | undefined {
  const places: number[] = [];
  let at = 0;
  let index = 0;
  let rest = -1;
  let restAt = 0;
  while (at < path.length || index < template.length) {
    const segment = template[index];
    if (segment?.kind === "rest") {
      places[index] = at;
      rest = index++;
      restAt = at;
    } else if (segment !== undefined && at < path.length && takes(segment, path[at] as string)) {
      places[index++] = at++;
    } else if (rest >= 0 && restAt < path.length) {
      index = rest + 1;
      at = ++restAt;
    } else return undefined;
  }
  return places;
}

function takes(segment: Segment, text: string): boolean {
  switch (segment.kind) {
    case "literal":
      return segment.text === text;
    case "parameter":
      return text !== "";
    case "mixed":
      return splitMixed(segment, text) !== undefined;
    case "rest":
      return true;
  }
}

function captureSegment(segment: Segment, path: PathSegments, at: number): PathCapture[] {
  const text = path[at];
  if (text === undefined) return [];
  if (segment.kind === "parameter") return segment.name === undefined ? [] : [{ name: segment.name, value: text, segment: at }];
  if (segment.kind !== "mixed") return [];
  const runs = splitMixed(segment, text) ?? [];
  return segment.parts.flatMap((part, index) =>
    part.literal === undefined && part.name !== undefined ? [{ name: part.name, value: runs[index] ?? "", segment: at }] : [],
  );
}

/** The text that each part of a mixed segment takes, each run as short as it can be; undefined where it does not fit. */
function splitMixed(segment: Extract<Segment, { kind: "mixed" }>, text: string): string[] | undefined {
  const { parts } = segment;
  const runs: string[] = [];
  let at = 0;
  for (const [index, part] of parts.entries()) {
    if (part.literal !== undefined) {
      if (!text.startsWith(part.literal, at)) return undefined;
      at += part.literal.length;
      runs.push(part.literal);
      continue;
    }
    const least = part.name === undefined ? 0 : 1;
    const next = parts[index + 1];
    const end = next === undefined ? text.length : endOfRun(text, at + least, next, index + 2 === parts.length);
    if (end < at + least) return undefined;
    runs.push(text.slice(at, end));
    at = end;
  }
  return at === text.length ? runs : undefined;
}

/** Where a run ends: at the next literal, or, before the last one, where the text's own end leaves room for it. */
function endOfRun(text: string, from: number, next: { readonly literal: string | undefined }, last: boolean): number {
  if (next.literal === undefined) return Math.min(from, text.length);
  if (!last) return text.indexOf(next.literal, from);
  return text.endsWith(next.literal) ? text.length - next.literal.length : -1;
}
