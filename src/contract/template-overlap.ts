import { parseTemplate, type Segment } from "./path-template.ts";

/** Can one request match both templates? Says true wherever it is not sure. */
export function templatesOverlap(a: string, b: string): boolean {
  const [one, two] = [parseTemplate(a), parseTemplate(b)];
  if (one.methods !== undefined && two.methods !== undefined && !one.methods.some((method) => two.methods?.includes(method))) return false;
  if (!one.open && !two.open && one.segments.length !== two.segments.length) return false;
  return !differ(one.segments, two.segments) && !differ(one.segments.toReversed(), two.segments.toReversed());
}

/** Do two templates differ for sure, before either has a `**`? */
function differ(a: readonly Segment[], b: readonly Segment[]): boolean {
  for (const [index, segment] of a.entries()) {
    const other = b[index];
    if (other === undefined || segment.kind === "rest" || other.kind === "rest") return false;
    if (segment.kind === "literal" && other.kind === "literal" && segment.text !== other.text) return true;
  }
  return false;
}
