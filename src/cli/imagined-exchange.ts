import type { Envelope, Role } from "../model/contract.ts";
import type { Body, Exchange, Headers } from "../model/exchange.ts";
import type { Json, JsonObject } from "../model/json.ts";
import { splitPointer } from "../syntax/json-pointer.ts";

/** An error answer that was never sent, to ask a contract about. */
export interface Imagined {
  readonly method: string;
  readonly path: string;
  readonly status: number;
  readonly headers: readonly (readonly [name: string, value: string])[];
  readonly roles: Readonly<Partial<Record<Role, Json>>>;
}

/** The exchange an imagined answer would be, its body written in an envelope. */
export function imagineExchange(imagined: Imagined, envelope: Envelope): Exchange {
  const headers: [string, string][] = [["Content-Type", envelope.mediaTypes[0]?.replace("*", "problem") ?? "application/json"]];
  for (const [name, value] of imagined.headers) headers.push([name, value]);
  const text = JSON.stringify(writeBody(imagined, envelope, headers));
  const server = "https://api.example.com";
  return {
    origin: { capture: "imagined", entry: 0, offset: 0 },
    startedAt: undefined,
    endedAt: undefined,
    account: undefined,
    notJudged: undefined,
    request: {
      method: imagined.method,
      url: server + imagined.path,
      server,
      path: imagined.path.replace(/[?#].*$/s, ""),
      query: "",
      headers: headersOf([]),
      body: bodyOf(""),
    },
    response: { status: imagined.status, reason: "", headers: headersOf(headers), body: bodyOf(text) },
  };
}

/** Puts each role where the envelope says; a required message is made up. Roles that live in headers are added to them. */
function writeBody({ roles, status }: Imagined, envelope: Envelope, headers: [string, string][]): Json {
  const object: JsonObject = {};
  const later: [string, Json][] = [];
  const filled: Partial<Record<Role, Json>> = { ...roles };
  for (const role of envelope.required)
    if (role !== "type" && role !== "code" && role !== "param") filled[role] ??= role === "status" ? status : "imagined";
  for (const [role, value] of Object.entries(filled) as [Role, Json][]) {
    const [source = `/${role}`] = envelope.members[role] ?? [];
    if (source.startsWith("header ")) headers.push([source.slice("header ".length), String(value)]);
    else if (source.startsWith("#")) later.push([source.slice(1), value]);
    else put(object, source, value);
  }
  const [pointer = ""] = envelope.pointers;
  const root: JsonObject = {};
  const body: Json = envelope.array === false ? object : [object];
  if (pointer !== "") put(root, pointer, body);
  const whole: Json = pointer === "" ? body : root;
  if (typeof whole === "object" && whole !== null && !Array.isArray(whole)) for (const [place, value] of later) put(whole, place, value);
  return whole;
}

function put(root: JsonObject, pointer: string, value: Json): void {
  const tokens = splitPointer(pointer);
  const last = tokens.pop() ?? "";
  let at = root;
  for (const token of tokens) {
    const next = Object.hasOwn(at, token) ? at[token] : undefined;
    const object = typeof next === "object" && next !== null && !Array.isArray(next) ? next : {};
    Object.defineProperty(at, token, { value: object, enumerable: true, writable: true, configurable: true });
    at = object;
  }
  Object.defineProperty(at, last, { value, enumerable: true, writable: true, configurable: true });
}

function headersOf(lines: readonly (readonly [string, string])[]): Headers {
  const all = (name: string) => lines.filter(([other]) => other.toLowerCase() === name.toLowerCase()).map(([, value]) => value);
  return { all, get: (name) => (all(name).length === 0 ? undefined : all(name).join(", ")), lines: () => lines };
}

function bodyOf(text: string): Body {
  return {
    state: text === "" ? "empty" : "present",
    truncated: false,
    mediaType: undefined,
    text: () => text,
    json: () => (text === "" ? { ok: false, reason: "empty" } : { ok: true, value: JSON.parse(text) as Json }),
    mayMention: (word) => text.includes(word),
  };
}
