/** What is dear in it, and the same made at its first use. */
const dear = [
  [
    "const segmenter = new Intl.Segmenter();",
    "let cutter; const segmenter = { segment: (text) => { cutter ??= new Intl.Segmenter(); return cutter.segment(text); } };",
  ],
  [
    "const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;",
    'let rgiEmoji; const rgiEmojiRegex = { test: (text) => { rgiEmoji ??= new RegExp("^\\\\p{RGI_Emoji}$", "v"); return rgiEmoji.test(text); } };',
  ],
];

/**
 * yargs's parts measure texts, for help alone; but as they are loaded, even as they are parsed, Node reads what it knows of all
 * scripts and emoji, which takes 30 ms.
 *
 * @type {import("rolldown").Plugin}
 */
export const lazyWidth = {
  name: "lazy-width",
  transform: {
    filter: { id: /[\\/]string-width[\\/]index\.js$/ },
    handler(code, id) {
      const lazy = dear.reduce((text, [made, late]) => text.replace(made, () => late), code);
      if (lazy === code || /^const .*(?:new Intl|= \/.*RGI_Emoji)/m.test(lazy))
        this.error(`${id} is written in another way now: see what of it is dear`);
      return lazy;
    },
  },
};
