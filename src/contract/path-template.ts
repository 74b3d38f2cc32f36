import { decodePercent } from "../syntax/percent-encoding.ts";

/** `POST /courses/{course_id}/launch`, taken apart. */
export interface PathTemplate {
  readonly text: string;
  /** undefined = any method. */
  readonly methods: readonly string[] | undefined;
  readonly segments: readonly Segment[];
  /** Has it a `**`? */
  readonly open: boolean;
}

/** What one part of a template takes. `mixed`: literal text around parameters or stars, as in `batch-*` or `{id}:cancel`. */
export type Segment =
  | { readonly kind: "literal"; readonly text: string }
  | { readonly kind: "mixed"; readonly parts: readonly Part[] }
  | { readonly kind: "parameter"; readonly name: string | undefined }
  | { readonly kind: "rest" };

/** Literal text, or a run of characters: a `{parameter}` takes one at least, a `*` may take none. */
type Part = { readonly literal: string } | { readonly literal: undefined; readonly name: string | undefined };

/** A path parameter's value in a request. */
export interface PathCapture {
  readonly name: string;
  readonly value: string;
  /** Index of the segment in the request's path. */
  readonly segment: number;
}

/** The path of a request, cut and decoded. */
export type PathSegments = readonly string[];

export function parseTemplate(text: string): PathTemplate {
  const space = text.indexOf(" ");
  const method = text.slice(0, space);
  const segments = splitPath(text.slice(space + 1)).map(parseSegment);
  return {
    text,
    methods: method === "*" ? undefined : method.split("|"),
    segments,
    open: segments.some((segment) => segment.kind === "rest"),
  };
}

/** Names of a template's parameters, in their order. */
export function parametersOf(template: PathTemplate): string[] {
  return template.segments.flatMap((segment) => {
    if (segment.kind === "parameter") return segment.name ?? [];
    return segment.kind === "mixed" ? segment.parts.flatMap((part) => (part.literal === undefined ? (part.name ?? []) : [])) : [];
  });
}

/** Cuts a raw path (it begins with a slash) at its slashes, leaves one trailing slash out, and decodes each segment by itself, so that `%2F` stays inside its segment. */
export function splitPath(path: string): string[] {
  if (path === "/" || path === "") return [];
  const segments = path.slice(1, path.endsWith("/") ? -1 : undefined).split("/");
  return path.includes("%") ? segments.map(decodePercent) : segments;
}

function parseSegment(text: string): Segment {
  if (text === "**") return { kind: "rest" };
  const parts: Part[] = text
    .split(/(\{[^{}]*\}|\*)/)
    .filter((part) => part !== "")
    .map((part) => {
      if (part === "*") return { literal: undefined, name: undefined };
      return part.startsWith("{") ? { literal: undefined, name: part.slice(1, -1) } : { literal: part };
    });
  const [first] = parts;
  if (first === undefined) return { kind: "literal", text: "" };
  if (parts.length > 1) return { kind: "mixed", parts };
  return first.literal === undefined ? { kind: "parameter", name: first.name } : { kind: "literal", text: first.literal };
}
