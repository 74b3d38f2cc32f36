const entities: Readonly<Record<string, string>> = {
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  amp: "&",
  "#39": "'",
  "#x27": "'",
  "#34": '"',
};

/** Elements whose content nobody reads. */
const unread = /^<(script|style)\b/i;

/** Elements that end a line. */
const lines = /^<\/?(?:br|p|div|li|tr|pre|h[1-6]|title|table|ul|ol|blockquote)\b/i;

/** What a page says, without its tags, scripts and styles: lines as a reader sees them. Good enough to look for words; linear. */
export function textOfHtml(html: string): string {
  let text = "";
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf("<", at);
    if (open < 0) break;
    text += html.slice(at, open);
    const close = html.indexOf(">", open);
    // What was cut within a tag says nothing more.
    if (close < 0) return decode(text);
    const start = html.slice(open, open + 12);
    const name = unread.exec(start)?.[1];
    if (lines.test(start)) text += "\n";
    at = name === undefined ? close + 1 : endOf(html, name, close + 1);
  }
  return decode(text + html.slice(at));
}

/** Behind an element's end tag; the page's end where there is none. */
function endOf(html: string, name: string, from: number): number {
  const tag = new RegExp(`</${name}\\b[^>]{0,100}>`, "gi");
  tag.lastIndex = from;
  return tag.exec(html) === null ? html.length : tag.lastIndex;
}

function decode(text: string): string {
  return text.replace(/&(#?\w{2,6});/g, (whole, name: string) => entities[name.toLowerCase()] ?? whole);
}
