import type { HeaderLine } from "../../ask.ts";
import type { Filled } from "../../probe.ts";

/** A way of asking that a server may answer before it has looked whose the resource is. */
export interface Variant {
  readonly name: string;
  readonly vary?: (filled: Filled) => Filled;
}

export const plain: Variant = { name: "plain" };

/** Of reads and writes. */
export const conditions: readonly Variant[] = [withHeader("If-None-Match", "*"), withHeader("If-Match", '"x"')];

export const range: Variant = withHeader("Range", "bytes=0-0");

/** Bodies that no sane server acts on: it can read none of them, but for one. */
export const badBodies: readonly (Variant & { readonly isUnreadable: boolean })[] = [
  { ...withBody("invalid JSON", '{"envelint":', undefined), isUnreadable: true },
  { ...withBody("a body of the wrong shape", "[]", undefined), isUnreadable: false },
  { ...withBody("a media type nobody takes", "envelint", "application/x-envelint"), isUnreadable: true },
];

export const bodiless: Variant = { name: "not listed for it", vary: (filled) => ("lacks" in filled ? filled : withoutBody(filled)) };

function withHeader(name: string, value: string): Variant {
  const line: HeaderLine = [name, value];
  return { name: `${name}: ${value}`, vary: (filled) => ("lacks" in filled ? filled : { ...filled, headers: [...filled.headers, line] }) };
}

/** `mediaType`: undefined = the planned one. */
function withBody(name: string, content: string, mediaType: string | undefined): Variant {
  return {
    name,
    vary: (filled) =>
      "lacks" in filled ? filled : { ...filled, body: { content, mediaType: mediaType ?? filled.body?.mediaType ?? "application/json" } },
  };
}

function withoutBody({ body: _, ...filled }: Exclude<Filled, { readonly lacks: string }>): Filled {
  return filled;
}
