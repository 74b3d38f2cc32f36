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

/** Takes from a detail what differs from run to run: UUIDs, long hex, numbers other than a status standing free; and bounds its length. */
export function normaliseDetail(detail: string): string {
  return detail
    .slice(0, 400)
    .replace(/[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi, "#")
    .replace(/\b(?=[a-f]*[0-9])[0-9a-f]{12,}\b/gi, "#")
    .replace(/(?<![\w.-])([1-5][0-9]{2})(?![\w.-])|[0-9]+/g, (_, status?: string) => status ?? "#")
    .slice(0, 200);
}
