/**
 * Begun with `^`, then literal characters, ASCII classes and groups of these, at most one class repeated or optional: JavaScript's own engine
 * reads that as RE2 does, and in linear time. Most patterns of contracts are as plain; the engine for the others takes longer to load than a
 * small audit.
 */
const plain = /^\^(?:[\w ,:;/@#~&=<>!%"'`-]|\[(?:\w-\w|\w)+-?\][+*?]?|\((?:\?<[A-Za-z_]\w*>)?|\))*\$?$/;

/** The expression, where a source is that plain; undefined = it is not. */
export function plainPattern(source: string): RegExp | undefined {
  if (!plain.test(source) || (source.match(/\][+*?]/g)?.length ?? 0) > 1) return undefined;
  try {
    return new RegExp(source, "u");
  } catch {
    // A group left open, a range out of order: the other engine says so.
    return undefined;
  }
}
