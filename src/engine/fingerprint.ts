import { createHash } from "node:crypto";

/** What makes two sightings one finding. */
export interface Identity {
  readonly rule: string;
  readonly note: string;
  readonly operation: string;
  readonly row: string | null;
  readonly detail: string;
}

/** Stable over captures, entry order, ids, hosts and wording: 16 hex digits of SHA-256. */
export function fingerprint(identity: Identity): string {
  return createHash("sha256").update(keyOf(identity)).digest("hex").slice(0, 16);
}

/** The same, cheap and reversible: the key of a map. */
export function keyOf({ rule, note, operation, row, detail }: Identity): string {
  return JSON.stringify([rule, note, operation, row, detail]);
}

/** The one finding that stands for all of a rule and note beyond what a report can list. */
export function restOf({ rule, note }: Pick<Identity, "rule" | "note">): Identity {
  return { rule, note, operation: "other", row: null, detail: "others" };
}

/**
 * Takes from a detail what differs from run to run: UUIDs, long hex, numbers other than a status standing free; and bounds its length. Of a name
 * (`isName`: a code, a type) short numbers are a part: `ERR-1001` is not `ERR-2002`.
 */
export function normaliseDetail(detail: string, isName = false): string {
  const stable = detail
    .slice(0, 2_000)
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, "#")
    .replace(/\b(?=[a-f]*[0-9])[0-9a-f]{12,}\b/gi, "#")
    .replace(isName ? /([0-9]{1,5}(?![0-9]))|[0-9]+/g : /(?<![\w.-])([1-5][0-9]{2})(?![\w.-])|[0-9]+/g, (_, kept?: string) => kept ?? "#");
  if (stable.length <= longest) return stable;
  return `${stable.slice(0, longest - 17)} ${createHash("sha256").update(stable).digest("hex").slice(0, 16)}`;
}

/** Characters of a detail; of a longer one the rest is told apart by its hash. */
const longest = 200;
