// Makes captures of any size for benchmarks: seeded, so that the same words give the same bytes.
//   node bench/make-capture.mjs --profile browser|api|faulty --size 600MB --out FILE [--seed 1] [--pretty] [--largest-body 300MB]
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";
import { createClients, createHeedless } from "./lib/clients.mjs";
import { createRandom, makeCourses, makeList, makeScript } from "./lib/make-bodies.mjs";
import { makeAsset, makeEntry, makeError } from "./lib/make-entry.mjs";

/**
 * Writes a capture of about `size` bytes. With `largestBody` one more answer ends it, whose body alone has that many bytes.
 * @param {{ profile: string, size: number, out: string, seed?: number, pretty?: boolean, largestBody?: number }} options
 */
export async function makeCapture({ profile, size, out, seed = 1, pretty = false, largestBody = 0 }) {
  const random = createRandom(seed);
  const isFaulty = profile === "faulty";
  const clients = isFaulty ? createHeedless() : createClients(200);
  const faultyShare = isFaulty ? 1 : 0.05;
  const script = makeScript(random);
  const courses = makeCourses(random);
  const file = createWriteStream(out, { highWaterMark: 1 << 20 });
  let written = 0;
  // Small writes are joined: each costs a system call else.
  let held = "";
  const flush = async () => {
    const bytes = Buffer.from(held);
    held = "";
    written += bytes.length;
    if (!file.write(bytes)) await once(file, "drain");
  };
  const write = async (/** @type {string} */ text) => {
    held += text;
    if (held.length > 1 << 19) await flush();
  };

  const log = { version: "1.2", creator: { name: "envelint bench", version: "1" }, pages: [], entries: [] };
  const frame = pretty ? JSON.stringify({ log }, null, 2) : JSON.stringify({ log });
  const middle = frame.lastIndexOf("[") + 1;
  const [lineBreak, lastBreak] = pretty ? ["\n      ", "\n    "] : ["", ""];
  /** An entry as it stands at its depth. @param {object} entry */
  const print = (entry) => (pretty ? JSON.stringify(entry, null, 2).replaceAll("\n", lineBreak) : JSON.stringify(entry));

  await write(frame.slice(0, middle));
  let entries = 0;
  let errors = 0;
  let time = Date.UTC(2024, 0, 8, 9);
  for (; written + held.length < size; entries++) {
    time += 200 + Math.round(random() * 1500);
    const client = clients.ask(random, time);
    const sent = { time, client };
    let entry;
    if (random() < 0.05) {
      const { status, method, path, body, headers, wait } = makeError(random, random() < faultyShare);
      errors++;
      // From the answer on, which comes within a second.
      if (wait !== undefined) clients.wait(client, time + 1000 * (wait + 1));
      entry = makeEntry(random, sent, {
        method,
        url: `https://api.courses.example${path}`,
        status,
        mimeType: "application/json",
        text: JSON.stringify(body),
        headers,
      });
    } else if (profile !== "browser") {
      entry = makeEntry(random, sent, {
        method: "GET",
        url: `https://api.courses.example/v1/courses?page=${entries}`,
        status: 200,
        mimeType: "application/json",
        text: makeList(random, courses, 100 + random() * 4900),
      });
    } else {
      const length = Math.round(500 + random() * random() * 155_000);
      const from = Math.floor(random() * (script.length - length));
      entry = makeEntry(random, sent, makeAsset(random, script.slice(from, from + length)));
    }
    await write(`${entries === 0 ? "" : ","}${lineBreak}${print(entry)}`);
  }
  if (largestBody > 0) {
    const hole = "the body goes here";
    const [before = "", after = ""] = print(makeEntry(random, { time: time + 1000, client: 0 }, makeAsset(random, hole))).split(hole);
    await write(`${entries++ === 0 ? "" : ","}${lineBreak}${before}`);
    const text = JSON.stringify(script).slice(1, -1);
    // Whole pieces, so that no escape is cut in two.
    for (const end = written + held.length + largestBody; written + held.length < end; ) await write(text);
    await write(after);
  }
  await write(`${lastBreak}${frame.slice(middle)}\n`);
  await flush();
  file.end();
  await once(file, "finish");
  return { bytes: written, entries, errors };
}

/** "600MB" in bytes. @param {string} text */
export function parseSize(text) {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)?$/i.exec(text);
  if (match === null) throw new Error(`not a size: ${text}`);
  const unit = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 }[(match[2] ?? "B").toUpperCase()] ?? 1;
  return Number(match[1]) * unit;
}

const usage =
  "usage: node bench/make-capture.mjs --profile browser|api|faulty --size 600MB --out FILE [--seed 1] [--pretty] [--largest-body 300MB]";

/** What the words ask for; undefined where they are no such order. @param {readonly string[]} words */
function readWords(words) {
  try {
    const { values } = parseArgs({
      args: [...words],
      options: {
        profile: { type: "string", default: "" },
        size: { type: "string" },
        out: { type: "string" },
        seed: { type: "string", default: "1" },
        pretty: { type: "boolean", default: false },
        "largest-body": { type: "string", default: "0" },
      },
    });
    const { profile, size, out, seed, pretty } = values;
    if (!["browser", "api", "faulty"].includes(profile) || size === undefined || out === undefined) return undefined;
    return { profile, size: parseSize(size), out, seed: Number(seed), pretty, largestBody: parseSize(values["largest-body"]) };
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    return undefined;
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const order = readWords(process.argv.slice(2));
  if (order === undefined) {
    console.error(usage);
    process.exitCode = 2;
  } else {
    const made = await makeCapture(order);
    console.log(`${order.out}: ${made.bytes} bytes, ${made.entries} entries, ${Math.round(made.bytes / made.entries)} bytes an entry`);
  }
}
