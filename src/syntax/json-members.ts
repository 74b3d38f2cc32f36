import { appendPointer } from "./json-pointer.ts";

/** A member name that an object holds more than once. */
export interface RepeatedMember {
  /** JSON Pointer to the object. */
  readonly object: string;
  readonly name: string;
}

/** An object (`names` met so far) or an array (`index` of the element at hand) that is still open. */
interface Open {
  readonly names: Set<string> | undefined;
  name: string;
  index: number;
}

/**
 * The members that objects of a JSON text repeat (RFC 8259 4), in their order, each once an object, at most `limit`. `JSON.parse` keeps
 * the last one and forgets the rest, so this scans the text: once, without recursion, at any depth. The text must be valid JSON.
 */
export function repeatedMembers(text: string, limit = 10): RepeatedMember[] {
  const found: RepeatedMember[] = [];
  const told = new Set<string>();
  const open: Open[] = [];
  let awaitsName = false;
  for (let at = 0; at < text.length && found.length < limit; at++) {
    const inner = open.at(-1);
    switch (text[at]) {
      case "{":
        open.push({ names: new Set(), name: "", index: 0 });
        awaitsName = true;
        break;
      case "[":
        open.push({ names: undefined, name: "", index: 0 });
        awaitsName = false;
        break;
      case "}":
      case "]":
        open.pop();
        awaitsName = false;
        break;
      case ",":
        if (inner !== undefined) inner.index++;
        awaitsName = inner?.names !== undefined;
        break;
      case '"': {
        const end = endOfString(text, at);
        if (awaitsName && inner?.names !== undefined) {
          inner.name = readName(text.slice(at, end));
          if (inner.names.has(inner.name)) {
            const object = pointerTo(open);
            const key = `${object}\n${inner.name}`;
            if (!told.has(key)) found.push({ object, name: inner.name });
            told.add(key);
          }
          inner.names.add(inner.name);
          awaitsName = false;
        }
        at = end - 1;
      }
    }
  }
  return found;
}

/** Where the string that begins at `start` ends: the offset after its closing quote. */
function endOfString(text: string, start: number): number {
  let at = start + 1;
  while (at < text.length && text[at] !== '"') at += text[at] === "\\" ? 2 : 1;
  return at + 1;
}

function readName(token: string): string {
  return token.includes("\\") ? String(JSON.parse(token)) : token.slice(1, -1);
}

function pointerTo(open: readonly Open[]): string {
  return open.slice(0, -1).reduce((pointer, { names, name, index }) => appendPointer(pointer, names === undefined ? index : name), "");
}
