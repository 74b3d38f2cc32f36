/** Texts that are searched for in one answer, characters of each, and of all together. */
const [most, longest, total] = [300, 1_024, 16_384];

/**
 * What of the texts given to it, one after the other, may be searched for: a search takes, at worst, as many steps as both texts have characters,
 * multiplied. Of a long text the beginning; undefined = it is one too many.
 */
export function searchBudget(): (text: string) => string | undefined {
  let [texts, characters] = [most, total];
  return (text) => {
    const taken = text.slice(0, longest);
    texts--;
    characters -= taken.length;
    return texts >= 0 && characters >= 0 ? taken : undefined;
  };
}

/** Is it as much of a text as a budget gives at most, so that the text may go on? */
export function mayGoOn(taken: string): boolean {
  return taken.length === longest;
}
