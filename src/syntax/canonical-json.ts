import type { Json } from "../model/json.ts";

/** Text that is written as it stands, as against a value that is still to be written. */
class Verbatim {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

/**
 * JSON in its canonical form (RFC 8785): no spaces, members sorted by UTF-16 code units. `leaveOut` names members to omit, at any depth.
 * Without recursion, so no depth overflows the stack.
 */
export function canonicalJson(root: Json, leaveOut: (member: string) => boolean = () => false): string {
  const written: string[] = [];
  const ahead: (Json | Verbatim)[] = [root];
  while (ahead.length > 0) {
    const next = ahead.pop() as Json | Verbatim;
    if (next instanceof Verbatim) written.push(next.text);
    else if (typeof next !== "object" || next === null) written.push(JSON.stringify(next));
    else if (Array.isArray(next)) {
      written.push("[");
      ahead.push(new Verbatim("]"));
      for (let at = next.length - 1; at >= 0; at--) {
        ahead.push(next[at] as Json);
        if (at > 0) ahead.push(new Verbatim(","));
      }
    } else {
      const names = Object.keys(next)
        .filter((name) => !leaveOut(name))
        .sort();
      written.push("{");
      ahead.push(new Verbatim("}"));
      for (let at = names.length - 1; at >= 0; at--) {
        const name = names[at] as string;
        ahead.push(next[name] as Json, new Verbatim(`${at > 0 ? "," : ""}${JSON.stringify(name)}:`));
      }
    }
  }
  return written.join("");
}
