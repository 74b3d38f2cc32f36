/** A text in memory of its own: the engine otherwise keeps the whole of a longer one alive for a part of it. */
export function detached(text: string): string {
  // Joining copies the characters; the part of what is joined holds on to nothing else.
  return text.length < shortestPart ? text : ` ${text}`.slice(1);
}

/** The engine copies shorter parts by itself. */
const shortestPart = 13;
