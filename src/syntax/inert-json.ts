import { invisible } from "./terminal-text.ts";

/** JSON that drives no terminal and hides nothing from a reader: what JSON.stringify leaves (DEL, C1, bidi marks, zero-width) is escaped. */
export function inertJson(text: string): string {
  return text.replace(invisible, (character) =>
    character === "\n" ? character : character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`),
  );
}
