import type { SecretForm } from "./secret-forms.ts";

/** Less of a secret's beginning, at the end of what was read, gives nothing away. */
const shortestRest = 4;
/** An escape that the end has cut. */
const cutEscape = /^(?:\\+(?:u[0-9a-f]{0,3})?|%(?:25)*[0-9a-f]?|&[#a-z]?[0-9a-fx]{0,5})$/;

interface Hit {
  readonly start: number;
  readonly end: number;
  readonly token: string;
}

/** Writes each secret's token in its stead, in whatever form and case it stands; with `isCut` also for a beginning at the very end. */
export function disguiseBytes(bytes: Buffer, forms: readonly SecretForm[], isCut = false): Buffer {
  const text = bytes.toString("latin1");
  const low = text.toLowerCase();
  const hits = forms.flatMap((form) => [...findForm(low, form), ...(isCut ? findRest(low, form) : [])]);
  if (hits.length === 0) return bytes;
  let so = "";
  let at = 0;
  for (const { start, end, token } of merge(hits)) {
    so += text.slice(at, start) + Buffer.from(token).toString("latin1");
    at = end;
  }
  return Buffer.from(so + text.slice(at), "latin1");
}

/** The same for text. */
export function disguiseText(text: string, forms: readonly SecretForm[]): string {
  return disguiseBytes(Buffer.from(text), forms).toString();
}

function findForm(low: string, { head, tail, isWord, token }: SecretForm): Hit[] {
  const hits: Hit[] = [];
  head.lastIndex = 0;
  for (let found = head.exec(low); found !== null; found = head.exec(low)) {
    const start = found.index;
    const { at: end } = walk(low, start + found[0].length, tail);
    // They may overlap.
    head.lastIndex = start + 1;
    if (isWord && (/\w/.test(low[start - 1] ?? " ") || /\w/.test(low[end] ?? " "))) continue;
    hits.push({ start, end, token });
  }
  return hits;
}

/** The longest beginning of a form at the very end. */
function findRest(low: string, { whole, token }: SecretForm): Hit[] {
  // An escape has up to eight characters.
  for (let start = Math.max(0, low.length - 8 * whole.length); start <= low.length - shortestRest; start++) {
    const { at, count } = walk(low, start, whole);
    if (count >= shortestRest && (at === low.length || cutEscape.test(low.slice(at)))) return [{ start, end: low.length, token }];
  }
  return [];
}

/** How far a form's characters go on, one after the other. */
function walk(low: string, from: number, chars: readonly RegExp[]): { readonly at: number; readonly count: number } {
  let at = from;
  let count = 0;
  for (const char of chars) {
    char.lastIndex = at;
    const found = char.exec(low);
    if (found === null) break;
    at += found[0].length;
    count++;
  }
  return { at, count };
}

/** What overlaps becomes one, by the name of the longest. */
function merge(hits: readonly Hit[]): Hit[] {
  const merged: { start: number; end: number; token: string; longest: number }[] = [];
  for (const { start, end, token } of [...hits].sort((a, b) => a.start - b.start || b.end - a.end)) {
    const last = merged.at(-1);
    if (last === undefined || start >= last.end) {
      merged.push({ start, end, token, longest: end - start });
      continue;
    }
    last.end = Math.max(last.end, end);
    if (end - start <= last.longest) continue;
    last.longest = end - start;
    last.token = token;
  }
  return merged;
}
