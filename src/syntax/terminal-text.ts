/** What captures, contracts and servers say is shown on terminals: every text of theirs passes `visible` first. */

/** Controls, format characters (bidi marks, zero-width, tags), lone surrogates, line separators, blanks that look like nothing. */
export const invisible = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu;
/** Runs of what is no visible ASCII; pairs of surrogates stay together in them. */
export const beyondAscii = /[^ -~]+/g;
const short: Readonly<Record<string, string>> = { "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** The text with each character that a terminal would obey, hide or reorder as a visible escape: `\u001b`, `\n`, `\u{e0001}`. */
export function visible(text: string): string {
  // Nearly every text is plain ASCII, which this tells many times as fast.
  return text.replace(beyondAscii, (run) =>
    run.replace(invisible, (character) => short[character] ?? escaped(character.codePointAt(0) ?? 0)),
  );
}

/** Several lines made visible, their newlines kept. */
export function visibleLines(text: string): string {
  return text.split("\n").map(visible).join("\n");
}

function escaped(code: number): string {
  const hex = code.toString(16);
  return code > 0xffff ? `\\u{${hex}}` : `\\u${hex.padStart(4, "0")}`;
}

/** Our own colours; only texts made visible may stand between them. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: colours are control characters.
const colours = /\u001b\[[0-9;]*m/g;
const wide =
  /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\p{Emoji_Presentation}\u{20000}-\u{3fffd}]/u;
const mark = /\p{M}/u;

/** Columns a text takes on a terminal; colours take none. */
export function columnsOf(text: string): number {
  const plain = text.replace(colours, "");
  // biome-ignore lint/suspicious/noControlCharactersInRegex: "all ASCII" is the quick way out.
  if (/^[\u0000-\u007f]*$/.test(plain)) return plain.length;
  let columns = 0;
  for (const character of plain) columns += columnsOfCharacter(character);
  return columns;
}

function columnsOfCharacter(character: string): number {
  return mark.test(character) ? 0 : wide.test(character) ? 2 : 1;
}

/** The text, its middle left out where it takes more than `columns` (or heaps up marks that take none). Plain text only. */
export function shortened(text: string, columns: number, ellipsis = "…"): string {
  if (text.length <= columns * 4 && columnsOf(text) <= columns) return text;
  const room = Math.max(0, columns - ellipsis.length);
  const head = startOf(text, Math.ceil(room / 2));
  return head + ellipsis + endOf(text, room - columnsOf(head));
}

/** The longest beginning that takes at most `columns`. Plain text only. */
export function startOf(text: string, columns: number): string {
  let taken = 0;
  let start = "";
  for (const character of text) {
    taken += columnsOfCharacter(character);
    if (taken > columns || start.length >= columns * 2) break;
    start += character;
  }
  return start;
}

/** The longest end that takes at most `columns`. Plain text only. */
export function endOf(text: string, columns: number): string {
  // Twice the columns are room for pairs of surrogates; a heap of combining marks, which take no column, ends there.
  const characters = [...text.slice(-Math.max(1, columns) * 2)];
  if (/^\p{Cs}/u.test(characters[0] ?? "")) characters.shift();
  let taken = 0;
  let from = characters.length;
  while (from > 0) {
    taken += columnsOfCharacter(characters[from - 1] ?? "");
    if (taken > columns) break;
    from--;
  }
  return characters.slice(from).join("");
}

/** Lines of at most `columns`, broken at spaces; a word too long for a line is cut. Colours may stand in the text. */
export function wrapped(text: string, columns: number): string[] {
  const lines: string[] = [];
  let line = "";
  let taken = 0;
  for (const word of text.split(" ")) {
    const length = columnsOf(word);
    if (taken > 0 && taken + 1 + length <= columns) {
      line += ` ${word}`;
      taken += 1 + length;
      continue;
    }
    if (taken > 0) lines.push(line);
    const pieces = length <= columns ? [word] : cut(word, columns);
    lines.push(...pieces.slice(0, -1));
    line = pieces.at(-1) ?? "";
    taken = columnsOf(line);
  }
  lines.push(line);
  return lines;
}

function cut(word: string, columns: number): string[] {
  const pieces: string[] = [];
  let piece = "";
  let taken = 0;
  // biome-ignore lint/suspicious/noControlCharactersInRegex: a colour is one token, never cut.
  for (const [token] of word.matchAll(/\u001b\[[0-9;]*m|./gsu)) {
    const length = columnsOf(token);
    if (taken > 0 && taken + length > columns) {
      pieces.push(piece);
      piece = "";
      taken = 0;
    }
    piece += token;
    taken += length;
  }
  pieces.push(piece);
  return pieces;
}
