/**
 * JSON set out in lines of two spaces' indentation. Works on tokens, so that repeated members, odd numbers and escapes stay as captured; text
 * that breaks off is set out as far as it goes. Text that stands in several lines already is left as it is.
 */
export function indentJson(text: string): string {
  if (!/^\s*[[{]/.test(text) || text.trim().includes("\n")) return text;
  let depth = 0;
  let out = "";
  for (const [token] of text.matchAll(/"(?:[^"\\]|\\[\s\S])*"?|[{[]\s*[}\]]|[{}[\],:]|[^\s"{}[\],:]+/g)) {
    if (token === "{" || token === "[") {
      depth = Math.min(depth + 1, deepest);
      out += token + lineOf(depth);
    } else if (token === "}" || token === "]") {
      depth = Math.max(0, depth - 1);
      out += lineOf(depth) + token;
    } else if (token === ",") out += token + lineOf(depth);
    else if (token === ":") out += ": ";
    else out += token.length > 1 && /^[{[]/.test(token) ? token.replace(/\s+/, "") : token;
  }
  return out;
}

/** Deeper nesting is not indented further: a body of brackets alone would grow with the square of its length. */
const deepest = 40;

function lineOf(depth: number): string {
  return `\n${"  ".repeat(depth)}`;
}
