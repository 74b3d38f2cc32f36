import type { Credential } from "../../model/contract.ts";
import { openHarFile } from "../../recording/har-file.ts";
import { probeEntry, type Recorded } from "./har-entry.ts";
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

/** Begins a recording. */
export function openRecording({ write, accounts, declared, version }: RecordingOptions): Recording {
  const masks = new Masks(accounts, declared);
  const file = openHarFile(write, version);
  return {
    add: async (recorded) => file.add(probeEntry(recorded, masks.of(recorded.ask, recorded.received))),
    mask: (text) => masks.text(text),
    close: () => file.close(),
  };
}
