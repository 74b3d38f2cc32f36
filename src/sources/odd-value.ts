/** A value where a text should stand, as text. Never fails, however deep its lists: what is too deep to be written is a placeholder. */
export function textOf(value: unknown): string {
  if (value === undefined || value === null) return "";
  if (typeof value !== "object") return String(value);
  try {
    return JSON.stringify(value);
  } catch {
    // Deeper than the stack.
    return Array.isArray(value) ? "[…]" : "{…}";
  }
}

/** A value where a number should stand; NaN for what is none. `Number()` would look into lists, as deep as they go. */
export function numberOf(value: unknown): number {
  return typeof value === "number" || typeof value === "string" ? Number(value) : Number.NaN;
}
