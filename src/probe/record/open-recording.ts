import type { Credential } from "../../model/contract.ts";
import { harEntry, type Recorded } from "./har-entry.ts";
import { Masks } from "./masks.ts";

/** A run as HAR 1.2, written while it goes on. */
export interface Recording {
  /** Writes one exchange; gives its place among the entries. */
  add(recorded: Recorded): Promise<number>;
  /** Takes the accounts' credentials out of what is told of the run elsewhere. */
  mask(text: string): string;
  /** Ends the document. */
  close(): Promise<void>;
}

export interface RecordingOptions {
  readonly write: (text: string) => void | Promise<void>;
  /** Credential values by account, in the order of `declared`. */
  readonly accounts: ReadonlyMap<string, readonly string[]>;
  readonly declared: readonly Credential[];
  /** Of envelint. */
  readonly version: string;
}

/** Begins a recording. Each entry is written whole, so that what was written before a crash can be read. */
export function openRecording({ write, accounts, declared, version }: RecordingOptions): Recording {
  const masks = new Masks(accounts, declared);
  let entries = 0;
  let written: Promise<void> = Promise.resolve();
  const append = (text: string) => {
    written = written.then(() => write(text));
    return written;
  };
  const head = JSON.stringify({ log: { version: "1.2", creator: { name: "envelint", version }, entries: [] } }, null, 2);
  const [beginning = "", end = ""] = head.split(/(?<="entries": \[)(?=\])/);
  return {
    async add(recorded) {
      const entry = entries++;
      const text = JSON.stringify(harEntry(recorded, masks.of(recorded.ask, recorded.received)), null, 2);
      await append(`${entry === 0 ? beginning : ","}\n      ${text.replaceAll("\n", "\n      ")}`);
      return entry;
    },
    mask: (text) => masks.text(text),
    async close() {
      await append(entries === 0 ? `${head}\n` : `\n    ${end}\n`);
    },
  };
}
