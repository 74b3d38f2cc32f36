import { visible } from "../syntax/terminal-text.ts";

/** A foreign text made visible and cut at its end, so that it has at most `longest` UTF-16 units: for consumers that count characters, not columns. */
export function clipped(text: string, longest: number): string {
  const shown = visible(text.length > longest ? text.slice(0, longest + 1) : text);
  if (shown.length <= longest) return shown;
  const head = shown.slice(0, Math.max(0, longest - 1));
  // Half of a pair is no character.
  return `${/[\ud800-\udbff]$/.test(head) ? head.slice(0, -1) : head}…`;
}

/** Several lines, each made visible, the whole cut at its end. */
export function clippedLines(text: string, longest: number): string {
  const lines: string[] = [];
  let left = longest;
  for (const line of text.slice(0, longest + 1).split(/\r?\n/)) {
    if (left <= 0) break;
    const shown = clipped(line, left);
    lines.push(shown);
    left -= shown.length + 1;
  }
  return lines.join("\n");
}
