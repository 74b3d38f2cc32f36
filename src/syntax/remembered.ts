import { detached } from "./detached.ts";

/** Texts that are kept. Twice as many are known at the most. */
const most = 500;
/** Characters of the longest that is kept, where nothing else is said. */
const usual = 300;

/**
 * A pure function of a text that knows what it made of the last short texts: answers say the same few words over and over.
 * What it makes must hold on to nothing of the text.
 */
export function remembered<Made>(make: (text: string) => Made, longest = usual): (text: string) => Made {
  let young = new Map<string, Made>();
  let old = young;
  const keep = (text: string, made: Made) => {
    if (young.size >= most) {
      old = young;
      young = new Map();
    }
    young.set(text, made);
  };
  return (text) => {
    if (text.length > longest) return make(text);
    const known = young.get(text);
    if (known !== undefined) return known;
    let made = old.get(text);
    if (made === undefined) made = make(text);
    keep(detached(text), made);
    return made;
  };
}
