import { type FileHandle, open } from "node:fs/promises";
import type { JsonObject } from "../model/json.ts";

interface Kept {
  readonly at: number;
  readonly length: number;
  readonly startedAt: number;
  /** Secrets that were known when it was written. */
  readonly learned: number;
}

/** Entries on the disk, in the order in which they ended; memory holds where each is. */
export class Spool {
  private readonly file: FileHandle;
  private readonly kept: Kept[] = [];
  private length = 0;

  private constructor(file: FileHandle) {
    this.file = file;
  }

  static async open(path: string): Promise<Spool> {
    return new Spool(await open(path, "wx+", 0o600));
  }

  /** To be called once the last call is done. */
  async add(entry: JsonObject, startedAt: number, learned: number): Promise<void> {
    const bytes = Buffer.from(JSON.stringify(entry));
    const at = this.length;
    this.length += bytes.length;
    for (let done = 0; done < bytes.length; ) done += (await this.file.write(bytes, done, bytes.length - done, at + done)).bytesWritten;
    this.kept.push({ at, length: bytes.length, startedAt, learned });
  }

  /** All entries, in the order in which they began. */
  async *entries(): AsyncGenerator<{ readonly entry: JsonObject; readonly learned: number }> {
    for (const { at, length, learned } of [...this.kept].sort((a, b) => a.startedAt - b.startedAt)) {
      const bytes = Buffer.allocUnsafe(length);
      for (let done = 0; done < length; ) {
        const { bytesRead } = await this.file.read(bytes, done, length - done, at + done);
        if (bytesRead === 0) throw new Error("the recording's temporary file was cut");
        done += bytesRead;
      }
      yield { entry: JSON.parse(bytes.toString()) as JsonObject, learned };
    }
  }

  close(): Promise<void> {
    return this.file.close();
  }
}
