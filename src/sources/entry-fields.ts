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

/** The number of a field: its place in a record of spans. */
export type Field = number;

const names = Object.keys(paths) as (keyof typeof paths)[];

/** Each field's number by its name. */
export const F = Object.fromEntries(names.map((name, index) => [name, index])) as Readonly<Record<keyof typeof paths, Field>>;

/** The member names that lead to each field, by its number. */
export const fieldPaths: readonly (readonly string[])[] = names.map((name) => paths[name]);

/** Bodies: what a huge entry keeps the beginning of. */
export const bodyFields: ReadonlySet<Field> = new Set([F.contentText, F.postText]);

/** A known member of an object. */
export interface Known {
  readonly name: string;
  readonly bytes: Uint8Array;
  readonly field: Field;
  /** Where the member is itself an object with known members. */
  readonly shape: Shape | undefined;
  /** Another member in the same slot. */
  readonly next: Known | undefined;
}

/** The known members of an object, in slots by length and first byte. */
export interface Shape {
  readonly slots: readonly (Known | undefined)[];
  readonly names: ReadonlyMap<string, Known>;
}

function buildShape(prefix: readonly string[]): Shape | undefined {
  const slots: (Known | undefined)[] = new Array(1024).fill(undefined);
  const byName = new Map<string, Known>();
  for (const [field, path] of fieldPaths.entries()) {
    if (path.length !== prefix.length + 1 || prefix.some((name, i) => path[i] !== name)) continue;
    const name = path.at(-1) as string;
    const bytes = Buffer.from(name);
    const slot = slotOf(bytes.length, bytes[0] as number);
    const known: Known = { name, bytes, field, shape: buildShape(path), next: slots[slot] };
    slots[slot] = known;
    byName.set(name, known);
  }
  return byName.size === 0 ? undefined : { slots, names: byName };
}

function slotOf(length: number, first: number): number {
  return ((length & 31) << 5) | (first & 31);
}

/** The known members of an entry. */
export const entryShape: Shape = buildShape([]) as Shape;

/** The member whose name stands, unescaped, at `start` to `end`. */
export function findKnown(shape: Shape, bytes: Uint8Array, start: number, end: number): Known | undefined {
  const length = end - start;
  for (let known = shape.slots[slotOf(length, bytes[start] as number)]; known !== undefined; known = known.next) {
    if (known.bytes.length !== length) continue;
    let i = 0;
    while (i < length && known.bytes[i] === bytes[start + i]) i++;
    if (i === length) return known;
  }
  return undefined;
}
