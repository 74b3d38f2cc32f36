// Makes captures of any size for benchmarks: seeded, so that the same words give the same bytes.
//   node bench/make-capture.mjs --profile browser|api --size 600MB --out FILE [--seed 1] [--pretty]
import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { pathToFileURL } from "node:url";
import { parseArgs } from "node:util";

/** @typedef {() => number} Random a number in [0, 1) */

/** @param {number} seed @returns {Random} mulberry32 */
function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

/** @template T @param {Random} random @param {readonly T[]} list @returns {T} */
const pick = (random, list) => /** @type {T} */ (list[Math.floor(random() * list.length)]);

// Some of it is not ASCII, as in real traffic: that is what makes decoding dear.
const words =
  "coursé 学习 course lesson preset module quiz learner progress draft publish outline topic example answer review section title summary".split(
    " ",
  );

/** @param {Random} random @param {number} length plain text */
function makeText(random, length) {
  let text = "";
  while (text.length < length) text += `${pick(random, words)} `;
  return text.slice(0, length);
}

/** @param {Random} random */
const makeId = (random) => createHash("sha256").update(String(random())).digest("hex").slice(0, 12);

/** A minified script's worth of text is made once and cut from at random: making it must not be what takes the time. */
function makeScript(/** @type {Random} */ random) {
  let text = "";
  while (text.length < 1 << 19)
    text += `function ${makeId(random)}(e,t){var n=e.${pick(random, words)}||{};return t&&n["${pick(random, words)}"]?'${makeText(random, 40)}':null}\n`;
  return text;
}

/** @param {Random} random @param {number} length a JSON list of courses */
function makeJson(random, length) {
  /** @type {object[]} */
  const courses = [];
  for (let size = 2; size < length; ) {
    const course = {
      id: `crs_${makeId(random)}`,
      object: "course",
      title: makeText(random, 24),
      lessons: Math.floor(random() * 40),
      published: random() < 0.5,
      summary: makeText(random, 60),
    };
    courses.push(course);
    size += JSON.stringify(course).length + 1;
  }
  return JSON.stringify({ data: courses, has_more: false });
}

/** Errors as contracts/course-api.yaml promises them. @param {Random} random */
function makeError(random) {
  const error = (/** @type {string} */ type, /** @type {string | undefined} */ code, /** @type {string} */ message) => ({
    error: { type, ...(code === undefined ? {} : { code }), message, param: null },
  });
  const wait = 1 + Math.floor(random() * 50);
  const cases = [
    {
      status: 404,
      method: "GET",
      path: `/v1/courses/crs_${makeId(random)}`,
      body: error("not_found_error", "course_not_found", "There is no such course."),
    },
    {
      status: 404,
      method: "GET",
      path: `/v1/presets/pre_${makeId(random)}`,
      body: error("not_found_error", "preset_not_found", "There is no such preset."),
    },
    {
      status: 400,
      method: "POST",
      path: "/v1/courses",
      body: error("invalid_request_error", "title_too_long", "The title is longer than 200 characters."),
    },
    {
      status: 401,
      method: "GET",
      path: "/v1/courses",
      body: error("authentication_error", undefined, "The API key is not valid."),
      headers: [["www-authenticate", "Bearer"]],
    },
    {
      status: 409,
      method: "POST",
      path: `/v1/courses/crs_${makeId(random)}/launch`,
      body: error("invalid_request_error", "already_launched", "The course was launched before."),
    },
    {
      status: 429,
      method: "GET",
      path: "/v1/courses",
      body: error("rate_limit_error", `retry_after_${wait}`, "Too many requests."),
      headers: [["retry-after", String(wait)]],
    },
    { status: 500, method: "GET", path: "/v1/courses", body: error("server_error", undefined, "Something went wrong on our side.") },
  ];
  return pick(random, cases);
}

/** @param {readonly (readonly string[])[]} pairs */
const listHeaders = (pairs) => pairs.map(([name, value]) => ({ name, value }));

/**
 * @param {Random} random @param {number} time @param {{ method: string, url: string, status: number, mimeType: string, text: string, headers?: readonly (readonly string[])[] }} answer
 */
function makeEntry(random, time, { method, url, status, mimeType, text, headers = [] }) {
  const host = new URL(url).host;
  const wait = Math.round(random() * 3000) / 10;
  const body = method === "POST" ? JSON.stringify({ title: makeText(random, 20) }) : undefined;
  return {
    startedDateTime: new Date(time).toISOString(),
    time: wait + 3,
    request: {
      method,
      url,
      httpVersion: "HTTP/2",
      headers: listHeaders([
        [":authority", host],
        [":method", method],
        [":path", new URL(url).pathname],
        [":scheme", "https"],
        ["accept", "application/json, text/plain, */*"],
        ["accept-encoding", "gzip, deflate, br"],
        ["accept-language", "en-GB,en;q=0.9"],
        ["authorization", "Bearer key_0001"],
        ...(body === undefined
          ? []
          : [
              ["content-type", "application/json"],
              ["idempotency-key", makeId(random) + makeId(random)],
            ]),
        ["sec-ch-ua", '"Chromium";v="130", "Not?A_Brand";v="99"'],
        ["user-agent", "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/130.0.0.0 Safari/537.36"],
      ]),
      queryString: [],
      cookies: [],
      headersSize: -1,
      bodySize: body?.length ?? 0,
      ...(body === undefined ? {} : { postData: { mimeType: "application/json", text: body } }),
    },
    response: {
      status,
      statusText: "",
      httpVersion: "HTTP/2",
      headers: listHeaders([
        ["cache-control", "no-store"],
        ["content-type", mimeType],
        ["date", new Date(time + wait).toUTCString()],
        ["request-id", `req_${makeId(random)}`],
        ["server", "envoy"],
        ["strict-transport-security", "max-age=31536000; includeSubDomains"],
        ["vary", "Accept-Encoding, Origin"],
        ["x-content-type-options", "nosniff"],
        ...headers,
      ]),
      cookies: [],
      content: { size: Buffer.byteLength(text), mimeType, text },
      redirectURL: "",
      headersSize: -1,
      bodySize: -1,
      _transferSize: 500 + text.length,
      _error: null,
    },
    cache: {},
    timings: { blocked: 1.2, dns: -1, ssl: -1, connect: -1, send: 0.2, wait, receive: 1.6, _blocked_queueing: 0.9 },
    serverIPAddress: "192.0.2.7",
    _initiator: {
      type: "script",
      stack: {
        callFrames: Array.from({ length: 12 }, (_, frame) => ({
          functionName: pick(random, words),
          scriptId: "14",
          url: "https://app.courses.example/assets/main.js",
          lineNumber: 1,
          columnNumber: 20412 + frame,
        })),
      },
    },
    _priority: "High",
    _resourceType: "fetch",
    connection: "443",
    pageref: "page_1",
  };
}

/** Writes a capture of about `size` bytes. @param {{ profile: string, size: number, out: string, seed?: number, pretty?: boolean }} options */
export async function makeCapture({ profile, size, out, seed = 1, pretty = false }) {
  const random = createRandom(seed);
  const script = makeScript(random);
  const file = createWriteStream(out, { highWaterMark: 1 << 20 });
  const indent = pretty ? 2 : undefined;
  let written = 0;
  const write = async (/** @type {string} */ text) => {
    written += Buffer.byteLength(text);
    if (!file.write(text)) await once(file, "drain");
  };
  await write('{"log":{"version":"1.2","creator":{"name":"envelint bench","version":"1"},"pages":[],"entries":[');
  let entries = 0;
  for (let time = Date.UTC(2024, 0, 8, 9); written < size; entries++) {
    time += 200 + Math.round(random() * 1500);
    let entry;
    if (random() < 0.05) {
      const { status, method, path, body, headers } = makeError(random);
      entry = makeEntry(random, time, {
        method,
        url: `https://api.courses.example${path}`,
        status,
        mimeType: "application/json",
        text: JSON.stringify(body),
        headers,
      });
    } else if (profile === "api") {
      const text = makeJson(random, 100 + random() * 4900);
      entry = makeEntry(random, time, {
        method: "GET",
        url: `https://api.courses.example/v1/courses?page=${entries}`,
        status: 200,
        mimeType: "application/json",
        text,
      });
    } else {
      const length = Math.round(500 + random() * random() * 155_000);
      const from = Math.floor(random() * (script.length - length));
      entry = makeEntry(random, time, {
        method: "GET",
        url: `https://app.courses.example/assets/${makeId(random)}.js`,
        status: 200,
        mimeType: "text/javascript",
        text: script.slice(from, from + length),
      });
    }
    await write(`${entries === 0 ? "" : ","}${pretty ? "\n" : ""}${JSON.stringify(entry, null, indent)}`);
  }
  await write("]}}\n");
  file.end();
  await once(file, "finish");
  return { bytes: written, entries };
}

/** "600MB" in bytes. @param {string} text */
export function parseSize(text) {
  const match = /^(\d+(?:\.\d+)?)\s*(B|KB|MB|GB)?$/i.exec(text);
  if (match === null) throw new Error(`not a size: ${text}`);
  const unit = { B: 1, KB: 1e3, MB: 1e6, GB: 1e9 }[(match[2] ?? "B").toUpperCase()] ?? 1;
  return Number(match[1]) * unit;
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { values } = parseArgs({
    options: {
      profile: { type: "string" },
      size: { type: "string" },
      out: { type: "string" },
      seed: { type: "string", default: "1" },
      pretty: { type: "boolean", default: false },
    },
  });
  if ((values.profile !== "browser" && values.profile !== "api") || values.size === undefined || values.out === undefined) {
    console.error("usage: node bench/make-capture.mjs --profile browser|api --size 600MB --out FILE [--seed 1] [--pretty]");
    process.exitCode = 2;
  } else {
    const made = await makeCapture({
      profile: values.profile,
      size: parseSize(values.size),
      out: values.out,
      seed: Number(values.seed),
      pretty: values.pretty,
    });
    console.log(`${values.out}: ${made.bytes} bytes, ${made.entries} entries, ${Math.round(made.bytes / made.entries)} bytes an entry`);
  }
}
