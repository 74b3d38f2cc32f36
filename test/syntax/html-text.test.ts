import { describe, expect, it } from "vitest";
import { textOfHtml } from "../../src/syntax/html-text.ts";

describe("textOfHtml", () => {
  it.each([
    ["a<b>c</b>d", "acd"],
    ["a<br>b<BR/>c", "a\nb\nc"],
    ["<p>a</p><li>b", "\na\n\nb"],
    ["a<script>if (x > 1) y</script>b<style>p > a {}</style >c", "abc"],
    ["a<SCRIPT src=x>b</SCRIPT>c", "ac"],
    ["a<script>b", "a"],
    ["a<scripted>b", "ab"],
    ["a <b", "a "],
    ["&lt;i&gt; &quot;&#39;&#x27;&apos;&amp;lt;&nbsp;&unknown; &LT;", "<i> \"'''&lt; &unknown; <"],
    ["plain", "plain"],
    ["", ""],
  ])("%j", (html, text) => {
    expect(textOfHtml(html)).toBe(text);
  });

  it.each(["<", "<script>", "<a", "&lt", "</script"])("takes its time, and no more, for what repeats %s", (seed) => {
    const start = process.cpuUsage().user;
    textOfHtml(seed.repeat(200_000));
    expect(process.cpuUsage().user - start).toBeLessThan(2_000_000);
  });
});
