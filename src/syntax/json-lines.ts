/** Is a text JSON, or a line of JSON after another (as bulk operations send them)? A byte order mark before it is let pass. */
export function isJsonText(text: string): boolean {
  const plain = text.replace(/^\uFEFF/, "");
  return parses(plain) || plain.split("\n").every((line) => line.trim() === "" || parses(line));
}

function parses(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
