import { columnsOf, shortened, visible, wrapped } from "../syntax/terminal-text.ts";
import type { Look } from "./look.ts";
import { uncommanded } from "./workflow-commands.ts";

/** Narrower than this nothing can be read; longer lines than this are hard to follow. */
const [least, most] = [30, 120] as const;

/** The columns a report takes. */
export function widthOf(look: Look): number {
  return Math.min(most, Math.max(least, Math.floor(look.width) || 80));
}

/** A paragraph beside its lead ("  fix: "): the lines after the first stand under the text's beginning. */
export function paragraph(look: Look, lead: string, text: string): string[] {
  const margin = " ".repeat(columnsOf(lead));
  return wrapped(text, widthOf(look) - margin.length).map((line, index) => (index === 0 ? lead : margin) + line);
}

/** A foreign text made fit to be shown: visible, no command to a CI's runner, and without the middle of what is too long to read. */
export function foreign(text: string, longest = 300): string {
  return shortened(uncommanded(visible(text)), longest);
}

/** 1234567 -> "1,234,567". */
export function number(value: number): string {
  return String(value).replace(/\B(?=(?:\d{3})+$)/g, ",");
}

/** (3, "error") -> "3 errors". */
export function counted(value: number, noun: string, plural = `${noun}s`): string {
  return `${number(value)} ${value === 1 ? noun : plural}`;
}
