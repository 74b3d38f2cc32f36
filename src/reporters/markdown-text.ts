import { foreign } from "./layout.ts";

/**
 * A word that no Markdown renderer or code host makes anything of: letters and digits, with light punctuation about it. Not so `@user`, `#12`, `GH-12`,
 * `ABC-12`, a commit's name, an address, a number that begins a list, or anything with a character that Markdown knows.
 */
const harmless = /^["'(]{0,2}\p{L}[\p{L}\p{M}\p{N}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*[)"',.;:?!]{0,3}$|^\(?\d[\d,]{0,12}(?:['’]s)?[);:,]?$/u;
/** At the end of a sentence a number is one; at the beginning of a line it would begin a list. */
const endsSentence = /^\d{1,6}\.$/;
const looksLikeCommit = /[0-9a-f]{7}/i;

/**
 * A foreign text as Markdown of one line. What is not plainly words goes into code spans, where nothing is a link, a mention, a reference, an image
 * or HTML; what could break a table's cell is escaped visibly.
 */
export function markdownText(text: string, longest = 300): string {
  const words = foreign(text, longest)
    .split(" ")
    .filter((word) => word !== "");
  const parts: string[] = [];
  let code: string[] = [];
  const finish = () => {
    // The stop that ends a sentence is no part of what is quoted.
    const [, core = "", stop = ""] = /^(.*?)([.,;:!?]*)$/s.exec(code.join(" ")) ?? [];
    if (code.length > 0) parts.push(core === "" ? codeSpan(stop) : `${codeSpan(core)}${stop}`);
    code = [];
  };
  for (const [index, word] of words.entries()) {
    const isPlain = harmless.test(word) || (index > 0 && endsSentence.test(word));
    if (!isPlain || looksLikeCommit.test(word)) code.push(word);
    else {
      finish();
      parts.push(word);
    }
  }
  finish();
  return parts.join(" ");
}

/** A text as code on one line, whatever backticks it holds. */
export function markdownCode(text: string, longest = 300): string {
  const shown = foreign(text, longest).trim();
  return shown === "" ? "" : codeSpan(shown);
}

/** Lines as a block of code, which none of them can end. */
export function markdownBlock(lines: readonly string[], longest = 600): string[] {
  const shown = lines.map((line) => foreign(line, longest));
  const fence = "`".repeat(Math.max(3, longestRun(shown.join("\n")) + 1));
  return [`${fence}text`, ...shown, fence];
}

function codeSpan(text: string): string {
  // A bar ends a table's cell in code as well; escaping it with a backslash means different things to different renderers.
  const safe = text.replaceAll("|", "\\u007c");
  const fence = "`".repeat(longestRun(safe) + 1);
  const gap = safe.startsWith("`") || safe.endsWith("`") ? " " : "";
  return `${fence}${gap}${safe}${gap}${fence}`;
}

function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
}
