/** What was thrown, as one line: anything can be, and what it says of itself may throw again. */
export function describeThrown(thrown: unknown): string {
  try {
    const text = thrown instanceof Error ? thrown.message : thrown;
    return String(text).split("\n", 1)[0] || "no reason given";
  } catch {
    return "no reason given";
  }
}
