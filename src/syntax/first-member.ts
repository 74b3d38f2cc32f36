/** The beginning of a text up to the end of its first member's name. */
const longest = 200;

/** May a text be a JSON object whose first member has one of these names? Where the beginning does not tell, it may. */
export function mayBeginWithMember(text: string, members: ReadonlySet<string>): boolean {
  const start = text.slice(0, longest);
  const name = /^\s*\{\s*"([^"\\]*)"/.exec(start)?.[1];
  return name === undefined ? !/^\s*[^\s{[]/.test(start) : members.has(name);
}
