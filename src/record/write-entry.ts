import type { JsonObject } from "../model/json.ts";
import { decodeBody } from "../recording/decode-body.ts";
import { harEntry } from "../recording/har-entry.ts";
import { cleanLate } from "./clean-late.ts";
import { valuesOf } from "./fields.ts";
import type { LearnedMasks } from "./learned-masks.ts";
import type { Notes } from "./notes.ts";
import type { Passed } from "./passed.ts";

/** Lines whose values say nothing of anybody. */
const plain = /^(?:host|content-length|transfer-encoding)$/i;

/** An exchange that passed as an entry of HAR 1.2: bodies out of their codings, secrets masked. */
export async function writeEntry(passed: Passed, masks: LearnedMasks, limit: number, notes: Notes): Promise<JsonObject> {
  const mask = masks.of(passed);
  const { learned } = masks;
  const { method, url, httpVersion, requestBody, responseBody, requestHeaders, responseHeaders } = passed;
  const codingOf = (headers: Passed["requestHeaders"]) => valuesOf(headers, "content-encoding").join(",");
  const sent = await decodeBody(requestBody.bytes(), codingOf(requestHeaders), requestBody.isCut, limit);
  const isBodiless = method === "HEAD" || passed.status === 204 || passed.status === 304;
  const got = await decodeBody(responseBody.bytes(), isBodiless ? "" : codingOf(responseHeaders), passed.isCut, limit);
  // A part of what a client sent could be taken for a mistake of its.
  const leftOut = sent.isCut
    ? "left out: longer than the recording keeps"
    : sent.isCoded
      ? "left out: its Content-Encoding is not known, or was broken"
      : undefined;
  if (sent.isCut) notes.count("leftOut");
  if (got.isCut && (responseBody.isCut || !passed.isCut)) notes.count("cutBody");
  const request = {
    method,
    url,
    httpVersion,
    headers: requestHeaders.map((line) => (plain.test(line[0]) ? line : mask.requestLine(line))),
    body: leftOut === undefined ? sent.body : undefined,
    bodySize: requestBody.size,
    ...(leftOut !== undefined && { leftOut }),
  };
  const { status, reason, responseHttpVersion, failure, startedAt, connect, send, wait, receive, isNewConnection, serverAddress } = passed;
  const answer = {
    status,
    reason,
    httpVersion: responseHttpVersion,
    headers: responseHeaders,
    body: got.body,
    isCut: got.isCut && !isBodiless,
    ...(got.isCoded && { isCoded: true }),
    failure: failure ?? got.failure,
    startedAt,
    connect,
    send,
    wait,
    receive,
    isNewConnection,
    ...(serverAddress !== undefined && { serverAddress }),
  };
  const entry = harEntry(request, answer, mask, {});
  // What was learnt of a body may stand in what was masked before it.
  return masks.learned > learned ? cleanLate(entry, masks.late()) : entry;
}
