import { visible } from "../../syntax/terminal-text.ts";

/** Evidence as the page shows it: before the place, the place, after it. Several places are marked as one stretch. */
export function splitEvidence(evidence: string): [before: string, marked: string, after: string] {
  const open = evidence.indexOf("⟦");
  const close = evidence.lastIndexOf("⟧");
  if (open < 0 || close < open) return [visible(evidence), "", ""];
  const marked = evidence.slice(open + 1, close).replaceAll(/⟧([^⟦]*)⟦/g, "$1");
  return [visible(evidence.slice(0, open)), visible(marked), visible(evidence.slice(close + 1))];
}

/** A body's text made visible: newlines and tabs lay it out, and are kept. */
export function visibleBody(text: string): string {
  return text.replace(/[^\n\t]+/g, visible);
}

/** A beginning that parts no pair of surrogates. */
export function beginningOf(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, /[\ud800-\udbff]/.test(text[length - 1] ?? "") ? length - 1 : length);
}
