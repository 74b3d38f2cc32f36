import type { Json } from "../../../model/json.ts";
import type { Plan } from "../../plan/plan.ts";
import { idsOf } from "../../plan/planned-resources.ts";

/** Characters beyond which nothing is an id. */
const longest = 200;

/** What keeps the id in a reply from being one that was just made, and that a path may name; undefined = nothing. It repeats nothing of it. */
export function faultOfMadeId(id: Json | undefined, plan: Plan): string | undefined {
  if (id === undefined || id === null) return "is missing";
  if (typeof id === "number") {
    if (!Number.isSafeInteger(id)) return "is no number that can be read exactly";
  } else if (typeof id !== "string") return "is neither a text nor a number";
  const text = String(id);
  if (text.trim() === "") return "is empty";
  if (text.length > longest) return `has more than ${longest} characters`;
  // "." and ".." lead elsewhere, and so may a slash that a server decodes.
  if (/^\.{1,2}$/.test(text) || /[/\\<>\p{C}]/u.test(text)) return "holds what no id in a path holds";
  return namedIn(plan).has(text.trim().toLowerCase()) ? "is one that the plan names, so that nothing was made" : undefined;
}

/** Whatever in a plan may be an id, in small letters: ids, values of parameters, segments of paths, texts in bodies. */
function namedIn({ resources, requests, parameters }: Plan): Set<string> {
  const sent = [...requests, ...resources.flatMap(({ create }) => create ?? [])];
  const named = [
    ...resources.flatMap(idsOf),
    ...Object.values(parameters),
    ...requests.flatMap(({ done = {} }) => Object.values(done)),
    ...sent.flatMap(({ path, body }) => [...path.split(/[/?&=]/), ...textsIn(body)]),
  ];
  return new Set(named.map((text) => text.toLowerCase()));
}

function textsIn(body: Json | undefined): string[] {
  if (typeof body === "string") return [body];
  return typeof body === "object" && body !== null ? Object.values(body).flatMap(textsIn) : [];
}
