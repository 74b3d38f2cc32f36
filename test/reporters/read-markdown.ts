import MarkdownIt from "markdown-it";

/** A renderer as lax as a code host's: HTML passes, bare addresses become links. */
const renderer = new MarkdownIt({ html: true, linkify: true });
renderer.linkify.set({ fuzzyLink: true, fuzzyEmail: true });

export interface ReadMarkdown {
  /** Element names of raw HTML, comments as "!--". */
  readonly html: readonly string[];
  /** Addresses of links and images. */
  readonly links: readonly string[];
  /** Text that stands outside of code: where code hosts look for mentions and references. */
  readonly prose: string;
  /** Token types, in order. */
  readonly blocks: readonly string[];
  /** Cells of each table row. */
  readonly rows: readonly number[];
}

/** What a code host would make of a text. */
export function readMarkdown(text: string): ReadMarkdown {
  const read = { html: [] as string[], links: [] as string[], prose: [] as string[], blocks: [] as string[], rows: [] as number[] };
  const visit = (tokens: ReturnType<typeof renderer.parse>) => {
    for (const token of tokens) {
      if (token.type !== "inline") read.blocks.push(token.type);
      if (token.type === "html_block" || token.type === "html_inline")
        for (const [, name = ""] of token.content.matchAll(/<\/?(!--|[a-z][a-z0-9-]*)/gi)) read.html.push(name);
      if (token.type === "link_open") read.links.push(String(token.attrGet("href")));
      if (token.type === "image") read.links.push(String(token.attrGet("src")));
      if (token.type === "text") read.prose.push(token.content);
      if (token.type === "tr_open") read.rows.push(0);
      if (token.type === "td_open" || token.type === "th_open") read.rows.push((read.rows.pop() ?? 0) + 1);
      if (token.children) visit(token.children);
    }
  };
  visit(renderer.parse(text, {}));
  return { ...read, prose: read.prose.join("\n") };
}
