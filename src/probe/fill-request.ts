import type { Json } from "../model/json.ts";
import { essenceOf, isJsonType } from "../syntax/media-type.ts";
import { encodePercent } from "../syntax/percent-encoding.ts";
import type { AskBody } from "./ask.ts";
import { fillText, parametersIn } from "./plan/path-parameters.ts";
import type { PlannedRequest } from "./plan/plan.ts";
import type { Filled } from "./probe.ts";

/** What stands for the parameters of a request. */
export interface Values {
  /** The value of a parameter; undefined = there is none, and `lackOf` says what is missing; null = it is no parameter, and stays as it is. */
  of(parameter: string): string | undefined | null;
  /** "no id of a course for bob in the plan (resources.course.bob.own)". */
  lackOf(parameter: string): string;
  /** The whole path, where that is what names a resource. */
  readonly path?: string;
}

/** Makes a request concrete: its path, and `{parameter}` in its body. */
export function fillRequest(request: PlannedRequest, values: Values): Filled {
  const needed = [...(values.path === undefined ? request.parameters : []), ...namesIn(request.body)];
  const lacking = needed.find((name) => values.of(name) === undefined);
  if (lacking !== undefined) return { lacks: values.lackOf(lacking) };
  const give = (name: string) => values.of(name) ?? undefined;
  const query = request.path.includes("?") ? request.path.slice(request.path.indexOf("?")) : "";
  const path = values.path === undefined ? fillPath(request.path, give) : values.path + fillPath(query, give);
  const body = request.body === undefined ? {} : { body: writeBody(fillJson(request.body, give), request.mediaType) };
  return { method: request.method, path, headers: request.headers, ...body };
}

/** Names of all that stands in braces in a body's texts. */
function namesIn(body: Json | undefined): string[] {
  if (typeof body === "string") return parametersIn(body);
  return typeof body === "object" && body !== null ? Object.values(body).flatMap(namesIn) : [];
}

function fillJson(value: Json, give: (name: string) => string | undefined): Json {
  if (typeof value === "string") return fillText(value, give);
  if (Array.isArray(value)) return value.map((item) => fillJson(item, give));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, fillJson(member, give)]));
}

function fillPath(path: string, give: (name: string) => string | undefined): string {
  return fillText(path, (name) => asSegment(give(name) ?? `{${name}}`));
}

/** A value as one segment of a path: what RFC 3986 lets stand there stays as it is. */
function asSegment(value: string): string {
  return encodePercent(value).replaceAll(/%(?:3A|40|24|26|2B|2C|3B|3D)/g, decodeURIComponent);
}

/** As JSON, as a form, or a text as it is. */
function writeBody(body: Json, mediaType: string): AskBody {
  const essence = essenceOf(mediaType);
  if (essence === "application/x-www-form-urlencoded" && typeof body === "object" && body !== null)
    return { content: new URLSearchParams(formPairs(body)).toString(), mediaType };
  return { content: typeof body === "string" && !isJsonType(essence) ? body : JSON.stringify(body), mediaType };
}

/** `{ card: { number: 4 }, tags: [a] }` -> `card[number]=4`, `tags[]=a`, as Rails and Stripe read it. */
function formPairs(body: Json, name = ""): [string, string][] {
  if (body === null) return [];
  if (typeof body !== "object") return [[name, String(body)]];
  const below = (key: string) => (name === "" ? key : `${name}[${key}]`);
  if (Array.isArray(body)) return body.flatMap((item) => formPairs(item, below("")));
  return Object.entries(body).flatMap(([key, member]) => formPairs(member, below(key)));
}
