import { beyondAscii, invisible } from "./terminal-text.ts";

/**
 * JSON shown on a terminal must not drive it either: what JSON.stringify leaves (DEL, C1, bidi marks, zero-width) is escaped, and so is what a CI's
 * runner takes for a command anywhere in a line. Nothing is lost.
 */
export function inertJson(value: unknown, indent = 0): string {
  return JSON.stringify(value, null, indent)
    .replace(/##(?=[a-z]{0,20}\[)/gi, "#\\u0023")
    .replace(beyondAscii, (run) => run.replace(invisible, (character) => (character === "\n" ? character : escaped(character))));
}

function escaped(character: string): string {
  return character.replace(/[\s\S]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, "0")}`);
}
