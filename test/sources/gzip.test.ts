import { Readable } from "node:stream";
import { constants, createGzip, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import type { CaptureFault } from "../../src/model/capture.ts";
import { openCaptures } from "../../src/sources/captures.ts";
import { oneByOne } from "../../src/sources/merge.ts";
import { entryOf } from "./kit.ts";

const line = (name: string) => `${JSON.stringify(entryOf({ request: { url: `https://api.example.com/${name}` } }))}\n`;
const [one, two] = [gzipSync(line("1")), gzipSync(line("2"))];

async function read(bytes: Buffer, chunk: number) {
  const chunks = Array.from({ length: Math.ceil(bytes.length / chunk) }, (_, i) => bytes.subarray(i * chunk, (i + 1) * chunk));
  const captures = await openCaptures(["-"], { stdin: Readable.from(chunks) });
  const paths: string[] = [];
  const faults: CaptureFault[] = [];
  for await (const event of oneByOne(captures.batches())) {
    if (event.kind === "exchange") paths.push(event.exchange.request.path);
    if (event.kind === "fault") faults.push(event.fault);
  }
  return { paths, faults };
}

/** Cut where the compressor has given out all it had: what there is decompresses without complaint. */
async function cutAtFlush(): Promise<Buffer> {
  const gzip = createGzip();
  const chunks: Buffer[] = [];
  gzip.on("data", (chunk: Buffer) => chunks.push(chunk));
  gzip.write(line("1"));
  await new Promise<void>((resolve) => gzip.flush(constants.Z_SYNC_FLUSH, () => resolve()));
  return Buffer.concat(chunks);
}

function changed(bytes: Buffer, at: number): Buffer {
  const copy = Buffer.from(bytes);
  copy[at] = (copy[at] as number) ^ 1;
  return copy;
}

/** A member whose header has all that a header may have. */
function adorned(text: string): Buffer {
  const plain = gzipSync(text);
  plain[3] = 4 | 8 | 16 | 2;
  return Buffer.concat([plain.subarray(0, 10), Buffer.from("\x03\x00abcname\0comment\0xx", "latin1"), plain.subarray(10)]);
}

test.each([
  ["one member", one, ["/1"]],
  ["two members", Buffer.concat([one, two]), ["/1", "/2"]],
  ["an empty member between", Buffer.concat([one, gzipSync(""), two]), ["/1", "/2"]],
  ["a header with name, comment and more", Buffer.concat([one, adorned(line("2"))]), ["/1", "/2"]],
  ["zero bytes at the end", Buffer.concat([one, Buffer.alloc(700)]), ["/1"]],
])("%s is read whole", async (_, bytes, whole) => {
  for (const chunk of [1, 7, 1 << 20]) expect(await read(bytes, chunk)).toEqual({ paths: whole, faults: [] });
});

test.each([
  ["cut at a flush", cutAtFlush(), ["/1"], "ends too early"],
  ["cut within its trailer", one.subarray(0, -3), ["/1"], "ends too early"],
  ["cut within the next header", Buffer.concat([one, two.subarray(0, 5)]), ["/1"], "ends too early"],
  ["cut within the next member", Buffer.concat([one, two.subarray(0, -9)]), ["/1", "/2"], "ends too early"],
  ["a checksum that is wrong", changed(one, one.length - 6), ["/1"], "is damaged"],
  ["a length that is wrong", changed(one, one.length - 1), ["/1"], "is damaged"],
  ["a wrong next header", Buffer.concat([one, changed(two, 0)]), ["/1"], "follows its gzip data"],
  ["an unknown method in the next header", Buffer.concat([one, changed(two, 2)]), ["/1"], "is damaged"],
  ["zero bytes before the next member", Buffer.concat([one, Buffer.alloc(3), two]), ["/1"], "follows its gzip data"],
  ["text at the end", Buffer.concat([one, Buffer.from("text")]), ["/1"], "follows its gzip data"],
])("%s is an error; what came before is judged", async (_, bytes, whole, message) => {
  for (const chunk of [1, 7, 1 << 20]) {
    const { paths, faults } = await read(await bytes, chunk);
    const errors = faults.filter((fault) => fault.message.includes("cannot be read to its end"));
    expect(errors).toMatchObject([{ severity: "error", line: expect.any(Number), message: expect.stringContaining(message) }]);
    expect(paths).toEqual(whole);
  }
});
