/** What a reader chose, kept where the browser allows it: many do not for a file. */
export function recall(name: string): string | undefined {
  try {
    return localStorage.getItem(`envelint-${name}`) ?? undefined;
  } catch {
    return undefined;
  }
}

/** Keeps a choice; where that is not possible it lasts as long as the page. */
export function store(name: string, value: string): void {
  try {
    localStorage.setItem(`envelint-${name}`, value);
  } catch {
    // Nothing depends on it.
  }
}
