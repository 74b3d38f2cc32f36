import type { Idempotency } from "../../../model/contract.ts";
import { isObject, type Json } from "../../../model/json.ts";
import { splitPointer } from "../../../syntax/json-pointer.ts";
import type { FilledRequest } from "../../probe.ts";

/** Members whose text means nothing to the API. */
const freeText = /^(?:title|name|label|note|notes|description|comment|message|subject|text|memo|audience)$/i;

/** From the most harmless on. */
const choices: readonly ((member: readonly [name: string, value: Json]) => boolean)[] = [
  ([name, value]) => typeof value === "string" && freeText.test(name),
  ([, value]) => typeof value === "string" && /\S \S/.test(value),
  ([, value]) => typeof value === "number",
  ([, value]) => typeof value === "string" && value !== "",
];

/** The request with one member of its JSON body changed as harmlessly as can be, to a value of its kind; undefined = nothing can be. */
export function changeBody(
  request: FilledRequest,
  { keyPlace }: Pick<Idempotency, "keyPlace">,
): { readonly request: FilledRequest; readonly member: string } | undefined {
  const { body } = request;
  const members = parse(body?.content);
  if (body === undefined || members === undefined) return undefined;
  const keyMember = "pointer" in keyPlace ? splitPointer(keyPlace.pointer)[0] : undefined;
  const entries = Object.entries(members).filter(([name]) => name !== keyMember);
  const found = choices.map((fits) => entries.find(fits)).find((entry) => entry !== undefined);
  if (found === undefined) return undefined;
  const [member, value] = found;
  const changed = { ...members, [member]: typeof value === "number" ? value + 1 : `${String(value)} 2` };
  return { request: { ...request, body: { ...body, content: JSON.stringify(changed) } }, member };
}

function parse(content: string | Uint8Array | undefined) {
  try {
    const value = JSON.parse(typeof content === "string" ? content : "") as Json;
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
