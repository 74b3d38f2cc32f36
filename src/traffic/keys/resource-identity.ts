import type { Response } from "../../model/exchange.ts";
import type { Json } from "../../model/json.ts";
import { resolvePointer } from "../../syntax/json-pointer.ts";
import { splitUrl } from "../../syntax/url.ts";
import { keepable } from "../shortened.ts";

/** What a success says it is about. */
export interface ResourceIdentity {
  /** Path of the Location field, without a trailing slash. */
  readonly location: string | undefined;
  /** The body's `/id`, else its `/data/id`. */
  readonly id: string | undefined;
}

export function identityOf({ headers, body }: Response): ResourceIdentity {
  const location = headers.get("location");
  return { location: location === undefined ? undefined : pathOf(location), id: body.mayMention("id") ? idIn(body.json()) : undefined };
}

/** An identity of bounded size, equal to another where the whole ones are. */
export function keepableIdentity({ location, id }: ResourceIdentity): ResourceIdentity {
  return { location: location && keepable(location), id: id && keepable(id) };
}

/** Are two identities the same, by the id where both have one, else by the Location? undefined where they cannot be compared. */
export function sameIdentity(a: ResourceIdentity, b: ResourceIdentity): boolean | undefined {
  if (a.id !== undefined && b.id !== undefined) return a.id === b.id;
  return a.location !== undefined && b.location !== undefined ? a.location === b.location : undefined;
}

/** For people: the id, else the Location. */
export function nameOf({ id, location }: ResourceIdentity): string {
  return id ?? location ?? "unknown";
}

function pathOf(location: string): string | undefined {
  const path = splitUrl(location)?.path ?? location.split(/[?#]/, 1)[0] ?? "";
  return path.startsWith("/") && path !== "/" ? path.replace(/\/+$/, "") : undefined;
}

function idIn(parsed: { readonly ok: true; readonly value: Json } | { readonly ok: false }): string | undefined {
  if (!parsed.ok) return undefined;
  for (const pointer of ["/id", "/data/id"]) {
    const id = resolvePointer(parsed.value, pointer);
    if ((typeof id === "string" && id !== "") || typeof id === "number") return String(id);
  }
  return undefined;
}
