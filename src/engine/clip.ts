/** Cuts a long text in its middle. What is returned holds on to nothing of it: a slice would keep the whole text in memory. */
export function clip(text: string, length: number): string {
  if (text.length <= length) return text;
  const half = Math.floor((length - 1) / 2);
  return copy(`${text.slice(0, length - 1 - half)}…${text.slice(text.length - half)}`);
}

/** A string of its own, where the engine might have kept a view of a longer one. */
export function copy(text: string): string {
  return Buffer.from(text).toString();
}
