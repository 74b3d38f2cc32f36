import type { Exchange, NotJudged } from "../model/exchange.ts";
import { F } from "./entry-fields.ts";
import type { EntryParts } from "./entry-parts.ts";

/** Why an entry is no answer of a server to judge; undefined = it is one. */
export function findNotJudged(exchange: Exchange, parts: EntryParts): NotJudged | undefined {
  const { request, response } = exchange;
  if (/^(?!https?:)[a-z][a-z0-9+.-]*:/i.test(request.url) || response.status === 101) return "not-http";
  if (parts.value(F.fulfilled) === true) return "mock";
  if (response.status < 100 || response.status > 599 || isError(parts.value(F.error)) || isError(parts.value(F.responseError)))
    return "no-response";
  if (request.method === "OPTIONS" && request.headers.get("access-control-request-method") !== undefined) return "preflight";
  if (parts.value(F.resourceType) === "preflight") return "preflight";
  return isFromCache(exchange, parts) ? "from-cache" : undefined;
}

/** `_error` is null where all is well. */
function isError(value: unknown): boolean {
  return typeof value === "string" && value !== "";
}

const cacheMarks = [F.fromCache, F.fromDisk, F.fromMemory, F.fromWorker, F.responseFromCache, F.responseFromDisk, F.responseFromWorker];
const conditions = ["if-none-match", "if-modified-since", "if-match", "if-unmodified-since", "if-range"];

function isFromCache({ request, response }: Exchange, parts: EntryParts): boolean {
  for (const mark of cacheMarks) {
    const value = parts.value(mark);
    if (value === true || (typeof value === "string" && value !== "" && value !== "false")) return true;
  }
  if (response.status === 304) return !conditions.some((name) => request.headers.get(name) !== undefined);
  const raw = parts.raw(F.cache);
  if (raw !== undefined && raw.end - raw.start < 18) return false;
  const cache = parts.value(F.cache);
  const before = typeof cache === "object" && cache !== null ? (cache as { beforeRequest?: unknown }).beforeRequest : undefined;
  if (typeof before !== "object" || before === null || Object.keys(before).length === 0) return false;
  return (before as { hitCount?: unknown }).hitCount !== 0;
}
