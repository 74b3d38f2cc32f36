import type { Idempotency } from "../model/contract.ts";
import type { Json } from "../model/json.ts";
import { splitPointer } from "../syntax/json-pointer.ts";
import { isJsonType } from "../syntax/media-type.ts";
import type { HeaderLine } from "./ask.ts";
import type { Asking, Filled, FilledRequest } from "./probe.ts";

/** A key that was never used, of the syntax and length that the contract declares. */
export function newKey(asking: Pick<Asking, "random">, { syntax, maxLength }: Pick<Idempotency, "syntax" | "maxLength">): string {
  const uuid = newUuid(asking);
  if (syntax === "uuid") return uuid;
  const room = (maxLength ?? uuid.length + 2) - (syntax === "sf-string" ? 2 : 0);
  const text = room < uuid.length ? asking.random(Math.max(1, room)) : uuid;
  return syntax === "sf-string" ? `"${text}"` : text;
}

/** The request with a key where the contract wants it, in the place of any other; undefined = with none. */
export function withKey(request: FilledRequest, { keyPlace }: Pick<Idempotency, "keyPlace">, key: string | undefined): Filled {
  if ("header" in keyPlace) {
    const { header } = keyPlace;
    const others = request.headers.filter(([name]) => name.toLowerCase() !== header.toLowerCase());
    const line: HeaderLine[] = key === undefined ? [] : [[header, key]];
    return { ...request, headers: [...others, ...line] };
  }
  const { body } = request;
  if (body === undefined && key === undefined) return request;
  const content = body === undefined ? "{}" : body.content;
  if (typeof content !== "string" || (body !== undefined && !isJsonType(body.mediaType)))
    return { lacks: `a JSON body to carry the key at ${keyPlace.pointer}` };
  const changed = setMember(JSON.parse(content) as Json, splitPointer(keyPlace.pointer), key);
  return { ...request, body: { content: JSON.stringify(changed), mediaType: body?.mediaType ?? "application/json" } };
}

function newUuid({ random }: Pick<Asking, "random">): string {
  const hex = (length: number) => random(length, "0123456789abcdef");
  return `${hex(8)}-${hex(4)}-4${hex(3)}-${random(1, "89ab")}${hex(3)}-${hex(12)}`;
}

/** Sets a member of an object, making those it stands in; undefined takes it away. */
function setMember(value: Json | undefined, [name, ...rest]: readonly string[], to: string | undefined): Json {
  const members = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  if (name === undefined) return members;
  if (rest.length > 0) return to === undefined && !(name in members) ? members : { ...members, [name]: setMember(members[name], rest, to) };
  if (to !== undefined) return { ...members, [name]: to };
  return Object.fromEntries(Object.entries(members).filter(([each]) => each !== name));
}
