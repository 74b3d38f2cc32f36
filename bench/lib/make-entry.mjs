// The entries of a benchmark's captures.
import { makeId, makeText, pick, words } from "./make-bodies.mjs";

/** @typedef {import("./make-bodies.mjs").Random} Random */

/** Errors as contracts/course-api.yaml promises them; faulty ones each break something. @param {Random} random @param {boolean} isFaulty */
export function makeError(random, isFaulty) {
  const error = (/** @type {string} */ type, /** @type {string | undefined} */ code, /** @type {string} */ message) => ({
    error: { type, ...(code === undefined ? {} : { code }), message, ...(isFaulty ? { param: null } : {}) },
  });
  // Nobody asks for the same list soon again.
  const list = isFaulty ? "/v1/courses" : `/v1/courses?after=crs_${makeId(random)}`;
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
      path: list,
      body: error("authentication_error", undefined, "The API key is not valid."),
      headers: [["www-authenticate", isFaulty ? "Bearer" : 'Bearer realm="courses"']],
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
      path: list,
      body: error("rate_limit_error", `retry_after_${wait}`, "Too many requests."),
      headers: [["retry-after", String(wait)]],
      wait,
    },
    { status: 500, method: "GET", path: list, body: error("server_error", undefined, "Something went wrong on our side.") },
  ];
  return pick(random, cases);
}

/** @param {readonly (readonly string[])[]} pairs */
const listHeaders = (pairs) => pairs.map(([name, value]) => ({ name, value }));

/**
 * @typedef {{ method: string, url: string, status: number, mimeType: string, text: string, headers?: readonly (readonly string[])[] }} Answer
 * @param {Random} random @param {{ time: number, client: number }} sent @param {Answer} answer
 */
export function makeEntry(random, { time, client }, { method, url, status, mimeType, text, headers = [] }) {
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
        ["authorization", `Bearer key_${String(client).padStart(4, "0")}`],
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

/** The answer to a request for a script. @param {Random} random @param {string} text */
export const makeAsset = (random, text) => ({
  method: "GET",
  url: `https://app.courses.example/assets/${makeId(random)}.js`,
  status: 200,
  mimeType: "text/javascript",
  text,
});
