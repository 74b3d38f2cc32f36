import type { Credential } from "../model/contract.ts";
import { openHarFile } from "../recording/har-file.ts";
import { openOutput } from "../recording/open-output.ts";
import { cleanLate } from "./clean-late.ts";
import { LearnedMasks } from "./learned-masks.ts";
import type { Notes } from "./notes.ts";
import type { Passed } from "./passed.ts";
import { Spool } from "./spool.ts";
import type { Unanswered } from "./unanswered.ts";
import { writeEntry } from "./write-entry.ts";

/** Masking and writing would delay what passes meanwhile: it waits until so many bytes have gathered, or the command has ended. */
const gathered = 32 << 20;
/** Above so many requests wait as well. */
const mostWaiting = 64 << 20;
/** What an exchange weighs besides its bodies. */
const ofHead = 4 << 10;

export interface RecorderOptions {
  /** A file that is not there yet, for what is not in order yet. */
  readonly spool: string;
  readonly declared: readonly Credential[];
  /** Bytes of each body that are kept. */
  readonly limit: number;
  readonly notes: Notes;
  readonly unanswered: Unanswered;
  /** Of envelint. */
  readonly version: string;
}

/** Writes down what passes: entry by entry as they end, and at last as one HAR in the order in which they began. */
export class Recorder {
  private readonly options: RecorderOptions;
  private readonly masks: LearnedMasks;
  private readonly spool: Spool;
  private readonly queue: Passed[] = [];
  private waiting = 0;
  private writing: Promise<void> | undefined;

  private constructor(options: RecorderOptions, spool: Spool) {
    this.options = options;
    this.masks = new LearnedMasks(options.declared);
    this.spool = spool;
  }

  static async open(options: RecorderOptions): Promise<Recorder> {
    return new Recorder(options, await Spool.open(options.spool));
  }

  /** Undefined: at once. */
  ready(): Promise<void> | undefined {
    return this.waiting > mostWaiting ? this.write(gathered) : undefined;
  }

  add(passed: Passed): void {
    this.queue.push(passed);
    this.waiting += weightOf(passed);
    // What goes wrong here goes wrong again at the end, and is told there.
    if (this.waiting > gathered) this.write(gathered).catch(() => {});
  }

  /** Writes the HAR, once nothing more comes. Gives the number of its entries. */
  async finish(file: string): Promise<number> {
    await this.write(0);
    const output = openOutput(file);
    const har = openHarFile(output.write, this.options.version);
    const late = this.masks.late();
    let entries = 0;
    for await (const { entry, learned } of this.spool.entries()) {
      const clean = learned < this.masks.learned ? cleanLate(entry, late) : entry;
      this.options.unanswered.see(clean);
      await har.add(clean);
      entries++;
    }
    await har.close();
    await output.end();
    return entries;
  }

  close(): Promise<void> {
    return this.spool.close();
  }

  /** Writes entries until no more than so many bytes wait. */
  private write(most: number): Promise<void> {
    const before = this.writing ?? Promise.resolve();
    const now = before.then(async () => {
      while (this.queue.length > 0 && this.waiting > most) {
        const passed = this.queue.shift() as Passed;
        this.waiting -= weightOf(passed);
        const entry = await writeEntry(passed, this.masks, this.options.limit, this.options.notes);
        await this.spool.add(entry, passed.startedAt, this.masks.learned);
      }
    });
    this.writing = now;
    return now;
  }
}

function weightOf({ requestBody, responseBody }: Passed): number {
  return ofHead + requestBody.kept + responseBody.kept;
}
