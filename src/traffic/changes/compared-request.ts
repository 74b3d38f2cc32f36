import type { Contract, Operation } from "../../model/contract.ts";
import type { Exchange, Request } from "../../model/exchange.ts";
import { canonicalJson } from "../../syntax/canonical-json.ts";
import { essenceOf } from "../../syntax/media-type.ts";
import { decodePercent } from "../../syntax/percent-encoding.ts";
import { digest, sortQuery, targetFingerprint } from "../request-fingerprint.ts";
import { isScenarioName } from "../scenario-name.ts";
import { isIdName, isNumber, isTime, looksLikeId } from "./run-id.ts";

/** What makes a request of before and one of after the same, on whatever host. */
export interface ComparedRequest {
  readonly key: string;
  /** The same with all ids: of the requests of one key, those that are identical. undefined = all of them are, or it is not known. */
  readonly exact: string | undefined;
  /** The capture names the scenario, so that both are surely about the same. */
  readonly labelled: boolean;
  /** It carried credentials, or the user named its account. */
  readonly credentialed: boolean;
  /** What differs from run to run and was left out of the key. */
  readonly ids: readonly string[];
  /** Tells apart the ids of its query and body, which may be at fault themselves; "" = it has none. */
  readonly given: string;
  /** The same for those of its path: what they lead to may be in another state. */
  readonly asked: string;
}

/** Fields that make a request conditional, or ask for a part. */
const conditions = ["if-match", "if-none-match", "if-modified-since", "if-unmodified-since", "range"];

/** Ids kept of a request, to be left out of messages as well. */
const mostIds = 20;

/** undefined where the capture does not show what was asked: a body that is not (fully) captured. */
export function comparedRequest(contract: Contract, exchange: Exchange): ComparedRequest | undefined {
  const { request, account, probe } = exchange;
  const operations = contract.operationsOf(request);
  const operation = operations[0]?.name ?? "other";
  const ids: string[] = [];
  const hide = (id: string) => {
    if (ids.length < mostIds) ids.push(id);
    return "{}";
  };
  const path = pathWithout(request.path, operations, hide);
  const who = account?.name ?? (account === undefined ? "" : "credential");
  const common = [who, request.method, operation];
  const label = [exchange.label, probe?.id ?? ""].find(isScenarioName);
  const named = { labelled: label !== undefined, credentialed: account !== undefined, ids, given: "", asked: "" };
  const { headers } = request;
  const hasKey = contract.idempotency?.keyOf(request).key !== undefined;
  const fields = [headers.get("accept") ?? "", ...conditions.map((name) => headers.get(name) !== undefined), hasKey];
  const exactOf = (key: string) => {
    const target = targetFingerprint(request);
    return target && digest(JSON.stringify([key, fields, target]));
  };
  if (label !== undefined) {
    // Of a declared operation it is enough to know the scenario.
    const key = digest(JSON.stringify([...common, operation === "other" ? path : "", label]));
    return { ...named, key, exact: exactOf(key) };
  }
  const ofPath = ids.length;
  const query = queryWithout(request.query, hide);
  const body = bodyWithout(request, hide);
  if (body === undefined) return undefined;
  const key = digest(JSON.stringify([...common, path, query, fields, body]));
  const exact = ids.length === 0 ? undefined : exactOf(key);
  return { ...named, key, exact, given: digestOf(ids.slice(ofPath)), asked: digestOf(ids.slice(0, ofPath)) };
}

function digestOf(ids: readonly string[]): string {
  const lasting = ids.filter((id) => !isTime(id));
  return lasting.length === 0 ? "" : digest(JSON.stringify(lasting));
}

type Hide = (id: string) => string;

function pathWithout(path: string, operations: readonly Operation[], hide: Hide): string {
  const runs = parameterRuns(operations);
  let parameters = 0;
  return path
    .split("/")
    .map((raw) => {
      const segment = decodePercent(raw);
      const isParameter = parameters > 0 && segment !== "";
      parameters = isParameter ? parameters - 1 : (runs.get(segment) ?? 0);
      return isParameter || isNumber(segment) || looksLikeId(segment) ? hide(segment) : segment;
    })
    .join("/");
}

/** How many parameters follow a word in the templates: `/repos/{owner}/{repo}/**` -> repos: 2. */
function parameterRuns(operations: readonly Operation[]): Map<string, number> {
  const runs = new Map<string, number>();
  for (const template of operations.flatMap(({ templates }) => templates)) {
    let word = "";
    for (const segment of template.split("/").slice(1))
      if (segment.includes("{")) runs.set(word, (runs.get(word) ?? 0) + 1);
      else word = segment;
  }
  return runs;
}

function queryWithout(query: string, hide: Hide): string {
  return sortQuery(query)
    .split("&")
    .map((pair) => {
      const [name = "", ...rest] = pair.split("=");
      const value = decodePercent(rest.join("="));
      return value !== "" && (isIdName(name) || looksLikeId(value)) ? `${name}=${hide(value)}` : pair;
    })
    .join("&");
}

function bodyWithout({ headers, body }: Request, hide: Hide): string | undefined {
  if (body.state === "empty") return "";
  if (body.state === "not-captured" || body.truncated) return undefined;
  const essence = essenceOf(headers.get("content-type") ?? body.mediaType) ?? "";
  const parsed = body.json();
  const text = parsed.ok ? jsonWithout(canonicalJson(parsed.value), hide) : body.text();
  return `${essence} ${essence === "application/x-www-form-urlencoded" ? queryWithout(text, hide) : text}`;
}

/** A string, and what follows it where it is a member's name: a number, or anything else. */
const strings = /"((?:[^"\\]|\\.)*)"(:(-?[0-9][0-9.eE+-]*)?)?/g;

function jsonWithout(canonical: string, hide: Hide): string {
  let name = "";
  return canonical.replace(strings, (all, text: string, colon: string | undefined, number: string | undefined) => {
    if (colon === undefined) return text !== "" && (isIdName(name) || looksLikeId(text)) ? hide(text) : all;
    name = text;
    return number !== undefined && isIdName(text) ? `"${text}":${hide(number)}` : all;
  });
}
