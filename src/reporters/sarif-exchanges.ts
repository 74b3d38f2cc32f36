import type { ArtifactContent, WebRequest, WebResponse } from "sarif";
import type { Finding } from "../model/finding.ts";
import type { Report } from "../model/report.ts";
import type { ShownBody, ShownExchange, ShownMessage } from "../model/shown-exchange.ts";
import { clipped, clippedLines } from "./clipped.ts";

/** Characters of a body, and of one header field. */
const [longestBody, longestField] = [4_000, 500] as const;

/** The run's requests and responses, one of each where an exchange is shown, and where a finding's first sight stands among them. */
export interface WebTables {
  readonly requests: readonly WebRequest[];
  readonly responses: readonly WebResponse[];
  readonly indexOf: (finding: Finding) => { readonly request: number; readonly response: number } | undefined;
}

/** The exchanges of the findings given, each once, in the findings' order. */
export function webTables(findings: readonly Finding[], { exchanges = [] }: Report): WebTables {
  const shown = new Map(exchanges.map((exchange) => [keyOf(exchange), exchange]));
  const requests = new Table<WebRequest>();
  const responses = new Table<WebResponse>();
  const indices = new Map<string, { readonly request: number; readonly response: number }>();
  for (const { samples } of findings) {
    const key = samples.map(keyOf).find((each) => shown.has(each));
    const exchange = key === undefined ? undefined : shown.get(key);
    if (key === undefined || exchange === undefined || indices.has(key)) continue;
    indices.set(key, { request: requests.put(requestOf(exchange)), response: responses.put(responseOf(exchange)) });
  }
  return {
    requests: requests.items,
    responses: responses.items,
    indexOf: ({ samples }) => {
      const key = samples.map(keyOf).find((each) => indices.has(each));
      return key === undefined ? undefined : indices.get(key);
    },
  };
}

/** A list in which nothing stands twice, as the schema asks. */
class Table<Item> {
  readonly items: Item[] = [];
  readonly #indices = new Map<string, number>();

  /** Where the item stands. */
  put(item: Item): number {
    const key = JSON.stringify(item);
    const index = this.#indices.get(key) ?? this.items.push(item) - 1;
    this.#indices.set(key, index);
    return index;
  }
}

function keyOf({ capture, entry }: { readonly capture: string; readonly entry: number }): string {
  return `${entry} ${capture}`;
}

function requestOf({ request }: ShownExchange): WebRequest {
  const { headers, body } = messageOf(request);
  return {
    protocol: "http",
    method: clipped(request.method, 50),
    target: clipped(request.url, 2_000),
    headers,
    ...(body && { body }),
  };
}

function responseOf({ response }: ShownExchange): WebResponse {
  if (response === null) return { noResponseReceived: true };
  const { headers, body } = messageOf(response);
  return { statusCode: response.status, reasonPhrase: clipped(response.reason, 200), headers, ...(body && { body }) };
}

function messageOf({ headers, body }: ShownMessage): { headers: Record<string, string>; body: ArtifactContent | undefined } {
  const fields = new Map<string, string>();
  // SARIF holds a field once: RFC 9110, section 5.3, says how lines of one field are joined.
  for (const [field, value] of headers.slice(0, 100)) {
    const name = clipped(field, 200);
    const before = fields.get(name);
    fields.set(name, clipped(before === undefined ? value : `${before}, ${value}`, longestField));
  }
  return { headers: Object.fromEntries(fields), body: bodyOf(body) };
}

function bodyOf({ state, text, cut }: ShownBody): ArtifactContent | undefined {
  if (state !== "present") return undefined;
  const shown = clippedLines(text, longestBody);
  const left = cut + Math.max(0, text.length - longestBody);
  return { text: left > 0 ? `${shown}\n(${left} more characters)` : shown };
}
