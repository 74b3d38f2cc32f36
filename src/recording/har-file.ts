import type { JsonObject } from "../model/json.ts";

/** A HAR 1.2 document that is written while it grows. */
export interface HarFile {
  /** Writes an entry whole; gives its place among them. */
  add(entry: JsonObject): Promise<number>;
  /** Ends the document. */
  close(): Promise<void>;
}

/** Begins a document. Each entry is written whole, so that what was written before a crash can be read. `version`: envelint's. */
export function openHarFile(write: (text: string) => void | Promise<void>, version: string): HarFile {
  let entries = 0;
  let written: Promise<void> = Promise.resolve();
  const append = (text: string) => {
    written = written.then(() => write(text));
    return written;
  };
  const head = JSON.stringify({ log: { version: "1.2", creator: { name: "envelint", version }, entries: [] } }, null, 2);
  const [beginning = "", end = ""] = head.split(/(?<="entries": \[)(?=\])/);
  return {
    async add(entry) {
      const at = entries++;
      await append(`${at === 0 ? beginning : ","}\n      ${JSON.stringify(entry, null, 2).replaceAll("\n", "\n      ")}`);
      return at;
    },
    async close() {
      await append(entries === 0 ? `${head}\n` : `\n    ${end}\n`);
    },
  };
}
