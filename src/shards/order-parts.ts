import { isDeepStrictEqual } from "node:util";
import type { ReadPart } from "./read-part.ts";

/** Parts in the order in which one run would have read them, and what is wrong with them, one sentence each. */
export interface OrderedParts {
  readonly parts: readonly ReadPart[];
  /** The same by partition: what would be a whole by itself. */
  readonly wholes: readonly (readonly ReadPart[])[];
  /** Something is missing, or there twice: what is there is a report, but not of the whole. */
  readonly faults: readonly string[];
}

/** Puts parts into their order. Those of several partitions may be together, where each is whole and no capture is in two. */
export function orderParts(read: readonly ReadPart[]): OrderedParts {
  const partitions = new Map<string, Map<number, ReadPart>>();
  const faults: string[] = [];
  for (const part of read) {
    const key = `${part.partition} ${part.of}`;
    const there = partitions.get(key) ?? new Map<number, ReadPart>();
    const twin = there.get(part.index);
    if (twin === undefined) there.set(part.index, part);
    else faults.push(`${part.file} is shard ${part.index} of ${part.of} again, as ${twin.file} is; it was left out.`);
    partitions.set(key, there);
  }
  const wholes: ReadPart[][] = [];
  for (const there of partitions.values()) {
    const sorted = [...there.values()].sort((a, b) => a.index - b.index);
    const [{ of } = { of: 0 }] = sorted;
    const missing = of - there.size;
    if (missing > 0) faults.push(`${describeMissing(there, of)} missing, so that this is not a report of all captures.`);
    wholes.push(sorted);
  }
  const parts = wholes.flat();
  return { parts, wholes, faults: [...faults, ...heldTwice(parts)] };
}

/** `Shard 2 of 3 is`, `Shards 2, 3 and 7 more of 10 are`. */
function describeMissing(there: ReadonlyMap<number, unknown>, of: number): string {
  const missing = of - there.size;
  const named: number[] = [];
  for (let index = 1; index <= of && named.length < 5; index++) if (!there.has(index)) named.push(index);
  const more = missing - named.length;
  const list = `${named.join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
  return missing === 1 ? `Shard ${list} of ${of} is` : `Shards ${list} of ${of} are`;
}

function heldTwice(parts: readonly ReadPart[]): string[] {
  const holders = new Map<string, ReadPart>();
  return parts.flatMap((part) =>
    part.captures.flatMap((capture) => {
      const other = holders.get(capture);
      holders.set(capture, part);
      return other === undefined
        ? []
        : [
            `${capture} is in ${other.file} and in ${part.file}, of two partitions: it was counted twice. Give every shard the same captures, and captures of different jobs different names.`,
          ];
    }),
  );
}

/** Why parts cannot be added up: they were judged by different measures. undefined = they can. */
export function differenceOf(parts: readonly ReadPart[]): string | undefined {
  const [first, ...others] = parts;
  if (first === undefined) return undefined;
  for (const other of others) {
    const what =
      first.settings.contract !== other.settings.contract
        ? "the contract"
        : first.settings.rules !== other.settings.rules
          ? "the rules or their severities"
          : first.settings.reading !== other.settings.reading
            ? "--account or --strict"
            : keys.find(([key]) => !isDeepStrictEqual(first.concluding[key], other.concluding[key]))?.[1];
    if (what !== undefined) return `${first.file} and ${other.file} differ in ${what}: judge all parts by the same.`;
  }
  return undefined;
}

const keys = [
  ["outline", "the contract"],
  ["servers", "the servers in scope (--server)"],
  ["subjects", "the subjects (--subject)"],
  ["rules", "the rules"],
  ["together", "--together"],
  ["maxSamples", "--max-samples"],
  ["gate", "what is required (--require, --min-coverage)"],
  ["ignores", "what is ignored"],
  ["failOn", "--fail-on"],
] as const;
