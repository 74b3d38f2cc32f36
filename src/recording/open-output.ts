import { createWriteStream } from "node:fs";

/** A file that is being written. What cannot be written rejects the call that meets it, and each after it. */
export interface Output {
  write(text: string): Promise<void>;
  /** Resolves once all of it is written. */
  end(): Promise<void>;
}

/** Begins a file anew. */
export function openOutput(file: string): Output {
  const stream = createWriteStream(file);
  const failed = new Promise<never>((_, reject) => stream.once("error", reject));
  // Where nothing waits for it any more, a failure was told already.
  failed.catch(() => {});
  // A write that failed is called back before the stream tells its error.
  const once = (begin: (done: (error?: Error | null) => void) => void) =>
    Promise.race([failed, new Promise<void>((resolve, reject) => begin((error) => (error ? reject(error) : resolve())))]);
  return {
    write: (text) => once((done) => stream.write(text, done)),
    end: () => once((done) => stream.end(done)),
  };
}
