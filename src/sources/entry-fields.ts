import { buildShape, type Field, type Shape } from "../scanner/shape.ts";

export type { Field, Known, Shape } from "../scanner/shape.ts";

/** The parts of a HAR entry that envelint asks for, as paths. Everything else is skipped without a look. */
const paths = {
  startedDateTime: ["startedDateTime"],
  time: ["time"],
  request: ["request"],
  method: ["request", "method"],
  url: ["request", "url"],
  requestHeaders: ["request", "headers"],
  requestCookies: ["request", "cookies"],
  requestBodySize: ["request", "bodySize"],
  postData: ["request", "postData"],
  postMimeType: ["request", "postData", "mimeType"],
  postText: ["request", "postData", "text"],
  postParams: ["request", "postData", "params"],
  postEncoding: ["request", "postData", "encoding"],
  response: ["response"],
  status: ["response", "status"],
  statusText: ["response", "statusText"],
  responseHeaders: ["response", "headers"],
  responseBodySize: ["response", "bodySize"],
  responseError: ["response", "_error"],
  responseFromCache: ["response", "_fromCache"],
  responseFromDisk: ["response", "_fromDiskCache"],
  responseFromWorker: ["response", "_fetchedViaServiceWorker"],
  content: ["response", "content"],
  contentSize: ["response", "content", "size"],
  contentMimeType: ["response", "content", "mimeType"],
  contentText: ["response", "content", "text"],
  contentEncoding: ["response", "content", "encoding"],
  contentCompression: ["response", "content", "compression"],
  contentFile: ["response", "content", "_file"],
  contentTruncated: ["response", "content", "_truncated"],
  cache: ["cache"],
  error: ["_error"],
  fromCache: ["_fromCache"],
  fromDisk: ["_fromDiskCache"],
  fromMemory: ["_fromMemoryCache"],
  fromWorker: ["_fetchedViaServiceWorker"],
  fulfilled: ["_wasFulfilled"],
  timings: ["timings"],
  connect: ["timings", "connect"],
  wait: ["timings", "wait"],
  resourceType: ["_resourceType"],
  probe: ["_probe"],
  scenario: ["_scenario"],
  comment: ["comment"],
  /** No part of an entry: a whole HAR document standing where an entry should. */
  log: ["log"],
} as const satisfies Record<string, readonly string[]>;

const names = Object.keys(paths) as (keyof typeof paths)[];

/** Each field's number by its name. */
export const F = Object.fromEntries(names.map((name, index) => [name, index])) as Readonly<Record<keyof typeof paths, Field>>;

/** The member names that lead to each field, by its number. */
export const fieldPaths: readonly (readonly string[])[] = names.map((name) => paths[name]);

/** Bodies: what a huge entry keeps the beginning of. */
export const bodyFields: ReadonlySet<Field> = new Set([F.contentText, F.postText]);

/** The known members of an entry. */
export const entryShape: Shape = buildShape(fieldPaths);
