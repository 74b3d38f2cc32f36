import type { Report } from "../model/report.ts";

/** How a text may look where it goes. */
export interface Look {
  readonly color: boolean;
  /** Columns; no line is longer. */
  readonly width: number;
  /** False: ASCII only, but for what captures say [true]. */
  readonly unicode?: boolean;
  /** The way from the repository's root to the working directory, as in `services/api`: what code hosts name files by [the root itself]. */
  readonly root?: string;
  /** What is cut from this text stands in the job's summary as well [it does not]. */
  readonly hasSummary?: boolean;
}

/** A report as text, ending in a newline. */
export type Reporter = (report: Report, look: Look) => string;

type Style = (text: string) => string;

/** What a look paints with. */
export interface Paint {
  readonly bold: Style;
  readonly dim: Style;
  readonly error: Style;
  readonly warning: Style;
  readonly note: Style;
  readonly good: Style;
  readonly place: Style;
}

const plain: Style = (text) => text;
const style =
  (open: number | string, close: number): Style =>
  (text) =>
    text === "" ? "" : `\u001b[${open}m${text}\u001b[${close}m`;

const coloured: Paint = {
  bold: style(1, 22),
  dim: style(2, 22),
  error: style(31, 39),
  warning: style(33, 39),
  note: style(36, 39),
  good: style(32, 39),
  place: style("31;4", 0),
};
const colourless: Paint = { bold: plain, dim: plain, error: plain, warning: plain, note: plain, good: plain, place: plain };

export function paintOf(look: Look): Paint {
  return look.color ? coloured : colourless;
}

/** The signs that structure a report. */
export interface Signs {
  readonly error: string;
  readonly warning: string;
  readonly note: string;
  readonly kept: string;
  readonly broken: string;
  readonly unjudged: string;
  readonly unseen: string;
  readonly bar: string;
  readonly ellipsis: string;
}

const signs: Signs = { error: "✖", warning: "▲", note: "●", kept: "✔", broken: "✖", unjudged: "?", unseen: "○", bar: "│", ellipsis: "…" };
const asciiSigns: Signs = {
  error: "x",
  warning: "!",
  note: "i",
  kept: "+",
  broken: "x",
  unjudged: "?",
  unseen: ".",
  bar: "|",
  ellipsis: "...",
};

export function signsOf(look: Look): Signs {
  return look.unicode === false ? asciiSigns : signs;
}
